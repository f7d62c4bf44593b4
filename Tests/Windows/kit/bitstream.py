"""A small reader of LLVM's bitstream format that keeps the absolute place of every operand."""

CHAR6 = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._"
END_BLOCK, ENTER_SUBBLOCK, DEFINE_ABBREVIATION, UNABBREVIATED = range(4)


class Bits:
    """Reads bits; `at` is the position in bits."""

    def __init__(self, data):
        self.data, self.at, self.count = data, 0, len(data) * 8

    def fixed(self, width):
        if width == 0:
            return 0
        at, self.at = self.at, self.at + width
        chunk = self.data[at >> 3:(at + width + 7) >> 3]
        return int.from_bytes(chunk, "little") >> (at & 7) & (1 << width) - 1

    def variable(self, width):
        high, value, shift = 1 << (width - 1), 0, 0
        while True:
            chunk = self.fixed(width)
            value |= (chunk & high - 1) << shift
            shift += width - 1
            if not chunk & high:
                return value

    def align(self):
        self.at = self.at + 31 & ~31


class Stream:
    """Calls `on_record(block, code, values, places, blob)` for each record.

    A place is (bit position, width, encoding). `wants(block)` says which inner
    blocks are read.
    """

    def __init__(self, data, on_record, wants):
        self.bits, self.on_record, self.wants = Bits(data), on_record, wants
        self.known = {}

    def run(self):
        bits = self.bits
        bits.at = 32
        while bits.at + 32 <= bits.count and bits.fixed(2) == ENTER_SUBBLOCK:
            self.enter(lambda block: True)

    def enter(self, wants):
        bits = self.bits
        block, width = bits.variable(8), bits.variable(4)
        bits.align()
        end = bits.fixed(32) * 32
        end += bits.at
        if block == 0:
            self.block_info(width, end)
        elif wants(block):
            self.block(block, width, end)
        bits.at = end

    def block(self, block, width, end):
        bits, abbreviations = self.bits, list(self.known.get(block, []))
        while bits.at < end:
            kind = bits.fixed(width)
            if kind == END_BLOCK:
                return bits.align()
            if kind == ENTER_SUBBLOCK:
                self.enter(self.wants)
            elif kind == DEFINE_ABBREVIATION:
                abbreviations.append(self.abbreviation())
            elif kind == UNABBREVIATED:
                code, count = bits.variable(6), bits.variable(6)
                found = [self.scalar("variable", 6) for _ in range(count)]
                self.on_record(
                    block, code, [value for value, _ in found], [at for _, at in found], None)
            else:
                values, places, blob = self.record(abbreviations[kind - 4])
                self.on_record(block, values[0], values[1:], places[1:], blob)
        return None

    def block_info(self, width, end):
        bits, block = self.bits, None
        while bits.at < end:
            kind = bits.fixed(width)
            if kind == END_BLOCK:
                return
            if kind == DEFINE_ABBREVIATION:
                self.known.setdefault(block, []).append(self.abbreviation())
            else:
                code, count = bits.variable(6), bits.variable(6)
                values = [bits.variable(6) for _ in range(count)]
                if code == 1:
                    block = values[0]

    def abbreviation(self):
        bits, operands = self.bits, []
        for _ in range(bits.variable(5)):
            if bits.fixed(1):
                operands.append(("literal", bits.variable(8)))
                continue
            encoding = bits.fixed(3)
            if encoding in (1, 2):
                operands.append((("fixed", "variable")[encoding - 1], bits.variable(5)))
            else:
                operands.append(({3: "array", 4: "char6", 5: "blob"}[encoding], 0))
        return operands

    def scalar(self, encoding, width):
        bits = self.bits
        place = (bits.at, width, encoding)
        if encoding == "literal":
            return width, place
        if encoding == "fixed":
            return bits.fixed(width), place
        if encoding == "variable":
            return (bits.variable(width) if width else 0), place
        return ord(CHAR6[bits.fixed(6)]), place

    def record(self, abbreviation):
        bits, values, places, blob = self.bits, [], [], None
        for index, (encoding, width) in enumerate(abbreviation):
            if encoding == "array":
                found = [self.scalar(*abbreviation[index + 1]) for _ in range(bits.variable(6))]
                values += [value for value, _ in found]
                places += [place for _, place in found]
                break
            if encoding == "blob":
                count = bits.variable(6)
                bits.align()
                blob = (bits.at >> 3, count)
                bits.at += count * 8
                bits.align()
            else:
                value, place = self.scalar(encoding, width)
                values.append(value)
                places.append(place)
        return values, places, blob
