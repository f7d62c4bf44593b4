#!/usr/bin/env python3
"""Makes the accessors of class metadata that a program lacks:
make_accessors.py TOOLCHAIN OUT.o OBJECT...

For COFF, Embedded Swift calls `<class>Ma` in `as?`, `is` and `as!`, but never emits it. (On ELF it
takes the metadata's address.) Each returns {&<class>N, 0}.
"""

import subprocess
import sys


def main():
    toolchain, out, objects = sys.argv[1], sys.argv[2], sys.argv[3:]
    listing = subprocess.check_output([f"{toolchain}/bin/llvm-nm", *objects], text=True)
    undefined, defined = set(), set()
    for line in listing.splitlines():
        fields = line.split()
        if len(fields) == 2 and fields[0] == "U":
            undefined.add(fields[1])
        elif len(fields) == 3:
            defined.add(fields[2])
    lines = [".text"]
    for name in sorted(undefined - defined):
        metadata = name[:-2] + "N"
        if name.startswith("$e") and name.endswith("Ma") and metadata in defined | undefined:
            lines += [f'.globl "{name}"', ".p2align 4", f'"{name}":']
            lines += [f'leaq "{metadata}"(%rip),%rax', "xorl %edx,%edx", "retq"]
    subprocess.run(
        [f"{toolchain}/bin/clang", "--target=x86_64-w64-windows-gnu", "-c", "-x", "assembler", "-",
         "-o", out], input="\n".join(lines) + "\n", text=True, check=True)


if __name__ == "__main__":
    main()
