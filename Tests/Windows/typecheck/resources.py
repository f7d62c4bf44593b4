#!/usr/bin/env python3
"""Makes a resource folder with which the compiler of Linux type-checks as for another system:

    resources.py windows|macos FOLDER TOOLCHAIN/lib/swift

The standard library's modules are copies of those of Linux, changed in place:
  - the target they are for;
  - for Windows, where `long` has 32 bits and wide characters 16, C's types in Swift itself:
    CLong is Int32, CUnsignedLong is UInt32, CWideChar is UInt16;
  - Glibc, which Synchronization imports, is Swift instead, so that `canImport(Glibc)` is false.
Testing has an interface in text, of which only the target changes. All else in the folder is the
toolchain's own. No code can be made with it.

Made for the modules of Swift 6.3; it ends with an error where they look different.
"""

import os
import sys

from bitstream import Bitstream

MODULES = (
    "Swift", "Synchronization", "_Concurrency", "_StringProcessing", "_RegexParser",
    "SwiftOnoneSupport", "_Builtin_float", "_Volatile",
)
LINUX = "x86_64-unknown-linux-gnu"


class System:
    def __init__(self, folder, name, target, as_long):
        """Where its modules lie, what their files are called, its target, and a spelling of the
        target that is as long as that of Linux."""
        self.folder, self.name, self.target, self.as_long = folder, name, target, as_long


SYSTEMS = {
    # With the tools of GNU.
    "windows": System(
        "mingw", "x86_64-unknown-windows-gnu", "x86_64-unknown-windows-gnu",
        "x86_64-none-windows-msvc"),
    "macos": System(
        "macosx", "x86_64-apple-macos", "x86_64-apple-macosx15.0", "x86_64-apple-macosx15.00"),
}

# Blocks of a module, and the record of one of them.
DECLARATIONS, IDENTIFIERS, INDEX = 11, 12, 13
IDENTIFIER_OFFSETS = 3

TYPES = (
    "CChar", "CUnsignedChar", "CUnsignedShort", "CUnsignedInt", "CUnsignedLong",
    "CUnsignedLongLong", "CSignedChar", "CShort", "CInt", "CLong", "CLongLong", "CWideChar",
    "CChar8", "CChar16", "CChar32",
)
CHANGES = (("CLong", "CInt"), ("CUnsignedLong", "CUnsignedInt"), ("CWideChar", "CUnsignedShort"))
# The operand with the type an alias stands for, and the first of those with what it depends on.
UNDERLYING, DEPENDENCIES = 2, 7


def identifiers(data, offsets, blob):
    """The numbers of the identifiers that are names of C types."""
    first, size = blob
    text = bytes(data[first:first + size])
    numbers = {}
    for number, offset in enumerate(offsets):
        name = text[offset:offset + 24].split(b"\0")[0].decode("utf-8", "replace")
        if name in TYPES:
            numbers.setdefault(name, number)
    if set(numbers) != set(TYPES):
        sys.exit(f"resources.py: Swift has no {set(TYPES) - set(numbers)}")
    return numbers


def is_aliases(aliases):
    """Whether these records, one a name, can be the aliases of the C types."""
    types = {name: record.operands[UNDERLYING][0] for name, record in aliases.items()}
    alike = (
        ("CChar", "CSignedChar"), ("CUnsignedChar", "CChar8"), ("CUnsignedShort", "CChar16"),
        ("CWideChar", "CChar32"))
    different = ("CChar", "CShort", "CInt", "CLong", "CLongLong")
    return all(types[one] == types[other] for one, other in alike) and len(
        {types[name] for name in different}) == len(different)


def find_aliases(data):
    """The record of each C type's alias."""
    offsets = blob = None
    candidates = {}
    for record in Bitstream(bytes(data), {DECLARATIONS, IDENTIFIERS, INDEX}).all_records():
        if record.block == INDEX and record.code == IDENTIFIER_OFFSETS:
            offsets = [value for value, _, _ in record.operands]
        elif record.block == IDENTIFIERS and record.blob:
            blob = record.blob
        elif record.block == DECLARATIONS and 8 <= len(record.operands) <= 12:
            key = (record.code, record.operands[0][0])
            candidates.setdefault(key, []).append(record)
    numbers = identifiers(data, offsets, blob)
    found = []
    # Neither the record's code nor the number of the first identifier is written anywhere.
    for base in range(32):
        for code in {code for code, _ in candidates}:
            records = {
                name: candidates.get((code, number + base), []) for name, number in numbers.items()}
            if all(len(list_) == 1 for list_ in records.values()):
                aliases = {name: list_[0] for name, list_ in records.items()}
                if is_aliases(aliases):
                    found.append(aliases)
    if len(found) != 1:
        sys.exit(f"resources.py: {len(found)} sets of records could be those of the C types")
    return found[0]


def put(data, operand, new):
    _, bit, width = operand
    if width is None or new >= 1 << width:
        sys.exit("resources.py: a type's number is not written as expected")
    first, end, shift = bit >> 3, (bit + width + 7) >> 3, bit & 7
    value = int.from_bytes(data[first:end], "little")
    value = value & ~(((1 << width) - 1) << shift) | new << shift
    data[first:end] = value.to_bytes(end - first, "little")


def change_types(data):
    aliases = find_aliases(data)
    types = {name: record.operands[UNDERLYING][0] for name, record in aliases.items()}
    for name, other in CHANGES:
        operands = aliases[name].operands
        for operand in [operands[UNDERLYING]] + operands[DEPENDENCIES:]:
            put(data, operand, types[other])


def replace(data, old, new):
    if data.count(old.encode()) != 1 or len(old) != len(new):
        sys.exit(f"resources.py: {data.count(old.encode())} times {old}")
    data[:] = data.replace(old.encode(), new.encode())


def binary_module(system, source, name, folder):
    with open(f"{source}/{name}.swiftmodule/{LINUX}.swiftmodule", "rb") as file:
        data = bytearray(file.read())
    replace(data, LINUX, system.as_long)
    if name == "Swift" and system is SYSTEMS["windows"]:
        change_types(data)
    if name == "Synchronization":
        replace(data, "Glibc", "Swift")
    os.makedirs(f"{folder}/{name}.swiftmodule")
    with open(f"{folder}/{name}.swiftmodule/{system.name}.swiftmodule", "wb") as file:
        file.write(data)


def text_module(system, source, name, folder):
    with open(f"{source}/{name}.swiftmodule/{LINUX}.swiftinterface", encoding="utf-8") as file:
        text = file.read()
    os.makedirs(f"{folder}/{name}.swiftmodule")
    path = f"{folder}/{name}.swiftmodule/{system.name}.swiftinterface"
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.replace(LINUX, system.target))


def main():
    name, folder, library = sys.argv[1:]
    system = SYSTEMS[name]
    modules = f"{folder}/{system.folder}"
    os.makedirs(modules)
    for name in os.listdir(library):
        if name != system.folder:
            os.symlink(f"{library}/{name}", f"{folder}/{name}")
    for name in MODULES:
        binary_module(system, f"{library}/linux", name, modules)
    text_module(system, f"{library}/linux", "Testing", modules)


if __name__ == "__main__":
    main()
