#!/usr/bin/env python3
"""Makes a resource folder whose modules of the standard library load for x86_64 Windows:
make_modules.py TOOLCHAIN/lib/swift TARGET [--full]

The toolchain for Linux has Embedded Swift's library for bare ELF targets. The modules are edited
copies of those, of the same length: the target's name is replaced, and in `Swift` the C types that
are others on Windows (long has 32 bits, wchar_t 16). All else in the folder links to the toolchain.

With --full they are the modules of full Swift for Linux. Nothing can be built with those; they are
for type checks.

What is edited was found by looking, and is asserted: look again with a new version of Swift.
"""

import glob
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from bitstream import Stream  # noqa: E402

# Blocks of a module file, and the record with the places of the identifiers.
DECLARATIONS, IDENTIFIERS, INDEX = 11, 12, 13
IDENTIFIER_OFFSETS = 3
C_TYPES = [
    b"CChar", b"CUnsignedChar", b"CUnsignedShort", b"CUnsignedInt", b"CUnsignedLong",
    b"CUnsignedLongLong", b"CSignedChar", b"CShort", b"CInt", b"CLong", b"CLongLong", b"CWideChar",
    b"CChar8", b"CChar16", b"CChar32",
]
OTHERS_ON_WINDOWS = (
    (b"CLong", b"CInt"), (b"CUnsignedLong", b"CUnsignedInt"), (b"CWideChar", b"CUnsignedShort"))
# Each name has the length of the one it replaces.
TARGETS = {
    "x86_64-unknown-none-elf": b"x86_64-none-windows-gnu",
    "x86_64-unknown-linux-gnu": b"x86_64-none-windows-msvc",
}
FULL_MODULES = (
    "Swift", "Synchronization", "_Concurrency", "_StringProcessing", "_RegexParser",
    "SwiftOnoneSupport", "_Builtin_float", "_Volatile")


def read(data):
    """The offsets and bytes of the identifiers, and what may be declarations of type aliases."""
    state, records = {}, []

    def on_record(block, code, values, places, blob):
        if block == INDEX and code == IDENTIFIER_OFFSETS:
            state["offsets"] = values
        elif block == IDENTIFIERS and blob:
            state["text"] = blob
        elif block == DECLARATIONS and 8 <= len(values) <= 12:
            records.append((code, values, places))

    Stream(bytes(data), on_record, lambda b: b in (DECLARATIONS, IDENTIFIERS, INDEX)).run()
    start, count = state["text"]
    return state["offsets"], bytes(data[start:start + count]), records


def find_aliases(data):
    """The declaration of each C type, told by which of them must be one type and which not."""
    offsets, text, records = read(data)
    numbers = {}
    for number, offset in enumerate(offsets):
        name = text[offset:offset + 24].split(b"\0")[0]
        if name in C_TYPES:
            numbers.setdefault(name, number)
    assert set(numbers) == set(C_TYPES), set(C_TYPES) - set(numbers)
    by_name = {}
    for code, values, places in records:
        by_name.setdefault((code, values[0]), []).append((values, places))
    found = []
    for base in range(32):
        for code in {code for code, _ in by_name}:
            keys = {name: (code, number + base) for name, number in numbers.items()}
            if any(len(by_name.get(key, [])) != 1 for key in keys.values()):
                continue
            aliases = {name: by_name[key][0] for name, key in keys.items()}
            types = {name: alias[0][2] for name, alias in aliases.items()}
            if fits(types):
                found.append((aliases, types))
    assert len(found) == 1, len(found)
    return found[0]


def fits(types):
    return (
        types[b"CChar"] == types[b"CSignedChar"] and types[b"CUnsignedChar"] == types[b"CChar8"]
        and types[b"CUnsignedShort"] == types[b"CChar16"]
        and types[b"CWideChar"] == types[b"CChar32"]
        and len({types[name] for name in (b"CChar", b"CShort", b"CInt", b"CLong", b"CLongLong")})
        == 5)


def patch_c_types(data):
    aliases, types = find_aliases(data)
    for name, to in OTHERS_ON_WINDOWS:
        values, places = aliases[name]
        # The underlying type, and the types it depends on.
        for index in [2, *range(7, len(values))]:
            put(data, places[index], types[to])


def put(data, place, value):
    at, width, encoding = place
    assert encoding == "fixed" and width == 31 and value < 1 << 31
    first, end = at >> 3, (at + width + 7) >> 3
    word, shift = int.from_bytes(data[first:end], "little"), at & 7
    word = word & ~(((1 << width) - 1) << shift) | value << shift
    data[first:end] = word.to_bytes(end - first, "little")


def link(source, target):
    if os.path.lexists(target):
        os.remove(target)
    os.symlink(source, target)


def copy(source, target, folder):
    """One module under the names of both Windows targets."""
    with open(source, "rb") as file:
        data = bytearray(file.read())
    triple = os.path.basename(source)[:-len(".swiftmodule")]
    assert data.count(triple.encode()) == 1 and len(triple) == len(TARGETS[triple])
    data[:] = data.replace(triple.encode(), TARGETS[triple])
    if target == "Swift":
        patch_c_types(data)
    os.makedirs(f"{folder}/{target}.swiftmodule", exist_ok=True)
    name = f"{folder}/{target}.swiftmodule/x86_64-unknown-windows"
    with open(f"{name}-gnu.swiftmodule", "wb") as file:
        file.write(data)
    link("x86_64-unknown-windows-gnu.swiftmodule", f"{name}-msvc.swiftmodule")


def make_embedded(library, target):
    os.makedirs(f"{target}/embedded", exist_ok=True)
    for path in glob.glob(f"{library}/*"):
        if os.path.basename(path) != "embedded":
            link(path, f"{target}/{os.path.basename(path)}")
    for path in sorted(glob.glob(f"{library}/embedded/*")):
        name = os.path.basename(path)
        if not name.endswith(".swiftmodule"):
            link(path, f"{target}/embedded/{name}")
            continue
        for triple in TARGETS:
            if os.path.exists(f"{path}/{triple}.swiftmodule"):
                copy(f"{path}/{triple}.swiftmodule", name[:-len(".swiftmodule")],
                     f"{target}/embedded")
                break


def make_full(library, target):
    os.makedirs(f"{target}/mingw", exist_ok=True)
    for path in glob.glob(f"{library}/*"):
        link(path, f"{target}/{os.path.basename(path)}")
    for name in FULL_MODULES:
        source = f"{library}/linux/{name}.swiftmodule/x86_64-unknown-linux-gnu.swiftmodule"
        copy(source, name, f"{target}/mingw")


if __name__ == "__main__":
    make = make_full if "--full" in sys.argv else make_embedded
    make(sys.argv[1], sys.argv[2])
