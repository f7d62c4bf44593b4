#!/usr/bin/env python3
"""Makes a COFF object of the toolchain's Unicode tables, which String's `==`, hashing and
Character need: make_unicode.py TOOLCHAIN OUT.o

They come as an archive of ELF objects. It is linked into one flat image that does not care where it
lies, and the image is written as assembly for COFF: absolute words become expressions that the
linker relocates, and each function gets a thunk from Windows' calling convention to that of ELF
systems (up to four integers).
"""

import struct
import subprocess
import sys
import tempfile

LOAD, RELOCATIONS, SYMBOLS = 1, 4, 2
RELATIVE, BY_SYMBOL = 8, (1, 6, 7)
FUNCTION = 2
THUNK = """.p2align 4
{name}:
pushq %rdi
pushq %rsi
subq $8,%rsp
movq %rcx,%rdi
movq %rdx,%rsi
movq %r8,%rdx
movq %r9,%rcx
leaq Lbase+{at}(%rip),%rax
callq *%rax
addq $8,%rsp
popq %rsi
popq %rdi
retq"""


class Image:
    """A shared object's memory, the words in it to be relocated, and its symbols."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.file = file.read()
        self.words, self.symbols = {}, {}
        self.load()
        sections = self.headers(40, "IIQQQQIIQQ", 58)
        by_symbol, table = {}, []
        for section in sections:
            if section[1] == RELOCATIONS:
                by_symbol.update(self.relocations(section))
            elif section[1] == SYMBOLS:
                table = self.symbol_table(section, sections)
        for at, (symbol, addend) in by_symbol.items():
            self.words[at] = table[symbol] + addend

    def read(self, form, at):
        return struct.unpack_from("<" + form, self.file, at)

    def headers(self, offset_at, form, sizes_at):
        (offset,) = self.read("Q", offset_at)
        size, count = self.read("HH", sizes_at)
        return [self.read(form, offset + index * size) for index in range(count)]

    def load(self):
        segments = [s for s in self.headers(32, "IIQQQQQQ", 54) if s[0] == LOAD]
        self.memory = bytearray(max(address + size for _, _, _, address, _, _, size, _ in segments))
        for _, _, offset, address, _, stored, _, _ in segments:
            self.memory[address:address + stored] = self.file[offset:offset + stored]

    def relocations(self, section):
        by_symbol = {}
        for at in range(section[4], section[4] + section[5], 24):
            address, info, addend = self.read("QQq", at)
            kind = info & 0xFFFFFFFF
            if kind == RELATIVE:
                self.words[address] = addend
            elif kind in BY_SYMBOL:
                by_symbol[address] = (info >> 32, addend)
            else:
                raise SystemExit(f"relocation of kind {kind}")
        return by_symbol

    def symbol_table(self, section, sections):
        values, strings = [], sections[section[6]][4]
        for at in range(section[4], section[4] + section[5], 24):
            name, info, _, home, value, _ = self.read("IBBHQQ", at)
            start = strings + name
            text = self.file[start:self.file.index(b"\0", start)].decode()
            values.append(value)
            if home and text.startswith("_swift_stdlib_") and info & 15 in (1, FUNCTION):
                self.symbols[text] = (info & 15, value)
        return values


def assembly(image):
    lines = ['.section .text$unicode,"xr"', ".p2align 12", "Lbase:"]

    def raw(data):
        for start in range(0, len(data), 32):
            lines.append(".byte " + ",".join(map(str, data[start:start + 32])))

    done = 0
    for at in sorted(image.words):
        raw(image.memory[done:at])
        lines.append(f".quad Lbase+{image.words[at]}")
        done = at + 8
    raw(image.memory[done:])
    for name, (kind, value) in sorted(image.symbols.items()):
        lines.append(f".globl {name}")
        lines.append(
            THUNK.format(name=name, at=value) if kind == FUNCTION else f".set {name}, Lbase+{value}")
    return "\n".join(lines) + "\n"


def main():
    toolchain, out = sys.argv[1:3]
    archive = f"{toolchain}/lib/swift/embedded/x86_64-unknown-none-elf/libswiftUnicodeDataTables.a"
    with tempfile.TemporaryDirectory() as folder:
        subprocess.check_call([
            f"{toolchain}/bin/ld.lld", "-shared", "-Bsymbolic", "--whole-archive",
            "--no-rosegment", "-z", "norelro", "--hash-style=sysv", archive, "-o", f"{folder}/u.so"])
        with open(f"{folder}/u.s", "w", encoding="ascii") as file:
            file.write(assembly(Image(f"{folder}/u.so")))
        subprocess.check_call([
            f"{toolchain}/bin/clang", "--target=x86_64-w64-windows-gnu", "-c", f"{folder}/u.s",
            "-o", out])


if __name__ == "__main__":
    main()
