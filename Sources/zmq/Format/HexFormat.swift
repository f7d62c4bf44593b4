/// Lines of hexadecimal digits: two a byte, frames separated by tabs.
enum HexFormat {
    static func frames(of line: ArraySlice<UInt8>) throws(ToolError) -> [[UInt8]] {
        var frames: [[UInt8]] = []
        var rest = line
        while let tab = rest.firstIndex(of: Ascii.tab) {
            frames.append(try bytes(of: rest[..<tab]))
            rest = rest[(tab + 1)...]
        }
        frames.append(try bytes(of: rest))
        return frames
    }

    static func bytes(of digits: ArraySlice<UInt8>) throws(ToolError) -> [UInt8] {
        guard digits.count.isMultiple(of: 2) else {
            throw ToolError("a frame of hex needs two digits a byte")
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 2)
        var index = digits.startIndex
        while index < digits.endIndex {
            guard let high = digit(digits[index]), let low = digit(digits[index + 1]) else {
                throw ToolError("a frame of hex has a character that is no digit")
            }
            bytes.append(high << 4 | low)
            index += 2
        }
        return bytes
    }

    static func append(_ frame: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        for byte in frame { append(byte, to: &output) }
    }

    static func append(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(character(byte >> 4))
        output.append(character(byte & 0x0f))
    }

    /// The value of a hexadecimal digit.
    static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func character(_ digit: UInt8) -> UInt8 {
        digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }
}
