#!/usr/bin/env python3
"""Makes a resource folder whose modules of Embedded Swift load for x86_64 Windows:
make_modules.py TOOLCHAIN/lib/swift TARGET

The toolchain for Linux has Embedded Swift's library for bare ELF targets. The modules are edited
copies of those, of the same length: the target's name is replaced, and in `Swift` the C types that
are others on Windows. All else in the folder links to the toolchain.
"""

import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "typecheck"))
from resources import change_types, replace  # noqa: E402

# Each name has the length of the one it replaces.
TARGETS = {
    "x86_64-unknown-none-elf": "x86_64-none-windows-gnu",
    "x86_64-unknown-linux-gnu": "x86_64-none-windows-msvc",
}


def copy(source, triple, name, folder):
    with open(f"{source}/{triple}.swiftmodule", "rb") as file:
        data = bytearray(file.read())
    replace(data, triple, TARGETS[triple])
    if name == "Swift.swiftmodule":
        change_types(data)
    os.makedirs(f"{folder}/{name}")
    with open(f"{folder}/{name}/x86_64-unknown-windows-gnu.swiftmodule", "wb") as file:
        file.write(data)


def main():
    library, target = sys.argv[1:]
    os.makedirs(f"{target}/embedded")
    for name in os.listdir(library):
        if name != "embedded":
            os.symlink(f"{library}/{name}", f"{target}/{name}")
    for name in sorted(os.listdir(f"{library}/embedded")):
        source = f"{library}/embedded/{name}"
        if not name.endswith(".swiftmodule"):
            os.symlink(source, f"{target}/embedded/{name}")
            continue
        for triple in TARGETS:
            if os.path.exists(f"{source}/{triple}.swiftmodule"):
                copy(source, triple, name, f"{target}/embedded")
                break


if __name__ == "__main__":
    main()
