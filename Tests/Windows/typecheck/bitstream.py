"""Walks an LLVM bitstream, the container of Swift's binary modules, and says of every operand of
every record at which bit it lies, so that a number can be changed in place."""

CHARACTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._"
END_BLOCK, SUB_BLOCK, DEFINE_ABBREVIATION, UNABBREVIATED = range(4)
BLOCK_INFO, SET_BLOCK = 0, 1


class Record:
    """One record: its block and code; for each operand value, bit and width (of `vbr` none);
    and where its blob lies, as (byte, size)."""

    def __init__(self, block, operands, blob):
        self.block, self.blob = block, blob
        self.code = operands[0][0]
        self.operands = operands[1:]


class Bitstream:
    def __init__(self, data, wanted):
        """`wanted`: the blocks inside the outermost to look into; others are passed over."""
        self.data, self.wanted = data, wanted
        self.at, self.known = 0, {}

    # Numbers

    def fixed(self, width):
        first, end = self.at >> 3, (self.at + width + 7) >> 3
        value = int.from_bytes(self.data[first:end], "little") >> (self.at & 7)
        self.at += width
        return value & ((1 << width) - 1)

    def vbr(self, width):
        high, value, shift = 1 << (width - 1), 0, 0
        while True:
            part = self.fixed(width)
            value |= (part & (high - 1)) << shift
            shift += width - 1
            if not part & high:
                return value

    def align(self):
        self.at = (self.at + 31) & ~31

    # Abbreviations: how the operands of a record are written

    def abbreviation(self):
        count, forms = self.vbr(5), []
        while count > 0:
            count -= 1
            if self.fixed(1):
                forms.append(("literal", self.vbr(8)))
                continue
            encoding = ("fixed", "vbr", "array", "character", "blob")[self.fixed(3) - 1]
            forms.append((encoding, self.vbr(5) if encoding in ("fixed", "vbr") else 0))
        return forms

    def operand(self, form):
        encoding, width = form
        start = self.at
        if encoding == "literal":
            return width, start, None
        if encoding == "fixed":
            return self.fixed(width), start, width
        if encoding == "vbr":
            return self.vbr(width) if width else 0, start, None
        return CHARACTERS[self.fixed(6)], start, None

    def abbreviated(self, block, forms):
        operands, blob = [], None
        for index, form in enumerate(forms):
            if form[0] == "array":
                operands += [self.operand(forms[index + 1]) for _ in range(self.vbr(6))]
                break
            if form[0] == "blob":
                size = self.vbr(6)
                self.align()
                blob = (self.at >> 3, size)
                self.at += size * 8
                self.align()
            else:
                operands.append(self.operand(form))
        return Record(block, operands, blob)

    def unabbreviated(self, block):
        code, count = self.vbr(6), self.vbr(6)
        operands = [(code, self.at, None)]
        for _ in range(count):
            start = self.at
            operands.append((self.vbr(6), start, None))
        return Record(block, operands, None)

    # Blocks

    def enter(self):
        """The header of a block: its number, the width of its abbreviations, its end."""
        block, width = self.vbr(8), self.vbr(4)
        self.align()
        words = self.fixed(32)
        return block, width, self.at + words * 32

    def sub_block(self, outermost=False):
        block, width, end = self.enter()
        if block == BLOCK_INFO:
            self.block_info(width, end)
        elif outermost or block in self.wanted:
            yield from self.records(block, width, end)
        self.at = end

    def records(self, block, width, end):
        forms = list(self.known.get(block, []))
        while self.at < end:
            kind = self.fixed(width)
            if kind == END_BLOCK:
                return
            if kind == SUB_BLOCK:
                yield from self.sub_block()
            elif kind == DEFINE_ABBREVIATION:
                forms.append(self.abbreviation())
            elif kind == UNABBREVIATED:
                yield self.unabbreviated(block)
            else:
                yield self.abbreviated(block, forms[kind - 4])

    def block_info(self, width, end):
        block = None
        while self.at < end:
            kind = self.fixed(width)
            if kind == END_BLOCK:
                return
            if kind == DEFINE_ABBREVIATION:
                self.known.setdefault(block, []).append(self.abbreviation())
            else:
                record = self.unabbreviated(BLOCK_INFO)
                if record.code == SET_BLOCK:
                    block = record.operands[0][0]

    def all_records(self):
        self.at = 32
        while self.at + 32 <= len(self.data) * 8 and self.fixed(2) == SUB_BLOCK:
            yield from self.sub_block(outermost=True)
