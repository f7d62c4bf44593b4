/// Reads a message from a line of JSON: an array of strings and `{"hex": "..."}`.
///
/// Nothing nests deeper than that, so there is no recursion.
struct JSONReader {
    private let text: ArraySlice<UInt8>
    private var index: Int

    static func frames(of line: ArraySlice<UInt8>) throws(ToolError) -> [[UInt8]] {
        var reader = JSONReader(line)
        return try reader.message()
    }

    private init(_ line: ArraySlice<UInt8>) {
        text = line
        index = line.startIndex
    }

    private mutating func message() throws(ToolError) -> [[UInt8]] {
        guard take("[") else {
            throw ToolError(#"a message in JSON is an array, as in ["topic", "body"]"#)
        }
        if take("]") { throw ToolError("a message has at least one frame") }
        var frames: [[UInt8]] = []
        repeat { frames.append(try frame()) } while take(",")
        try expect("]")
        skipSpace()
        if index < text.endIndex { throw ToolError("there is more after the JSON array") }
        return frames
    }

    private mutating func frame() throws(ToolError) -> [UInt8] {
        if take("{") {
            guard try string() == Array("hex".utf8) else {
                throw ToolError(#"an object in a message is {"hex": "..."}"#)
            }
            try expect(":")
            let digits = try string()
            try expect("}")
            return try HexFormat.bytes(of: digits[...])
        }
        return try string()
    }

    private mutating func string() throws(ToolError) -> [UInt8] {
        guard take("\"") else {
            throw ToolError(#"a frame in JSON is a string or {"hex": "..."}"#)
        }
        var bytes: [UInt8] = []
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            switch byte {
            case Ascii.quote: return try checked(bytes)
            case Ascii.backslash: try appendEscape(to: &bytes)
            case 0x00...0x1f: throw ToolError("a JSON string has a control character")
            default: bytes.append(byte)
            }
        }
        throw ToolError("a JSON string does not end")
    }

    private func checked(_ bytes: [UInt8]) throws(ToolError) -> [UInt8] {
        guard bytes.withUnsafeBytes({ UTF8Text.isValid($0) }) else {
            throw ToolError(#"a JSON string is not UTF-8; write bytes as {"hex": "..."}"#)
        }
        return bytes
    }

    private mutating func appendEscape(to bytes: inout [UInt8]) throws(ToolError) {
        guard index < text.endIndex else { throw ToolError("a JSON string does not end") }
        let escape = text[index]
        index += 1
        switch escape {
        case UInt8(ascii: "n"): bytes.append(Ascii.lineFeed)
        case UInt8(ascii: "t"): bytes.append(Ascii.tab)
        case UInt8(ascii: "r"): bytes.append(UInt8(ascii: "\r"))
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0c)
        case Ascii.quote, Ascii.backslash, UInt8(ascii: "/"): bytes.append(escape)
        case UInt8(ascii: "u"): bytes.append(contentsOf: try scalar().utf8)
        default: throw ToolError("a JSON string has an unknown escape")
        }
    }

    /// The character of `\uXXXX`, or of the two that make a surrogate pair.
    private mutating func scalar() throws(ToolError) -> Character {
        var code = UInt32(try codeUnit())
        if (0xd800..<0xdc00).contains(code), text[index...].starts(with: #"\u"#.utf8) {
            index += 2
            let low = UInt32(try codeUnit())
            if (0xdc00..<0xe000).contains(low) {
                code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
            }
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw ToolError("a JSON string has half of a surrogate pair")
        }
        return Character(scalar)
    }

    private mutating func codeUnit() throws(ToolError) -> UInt16 {
        guard text.endIndex - index >= 4 else { throw ToolError("\\u needs four hex digits") }
        var unit: UInt16 = 0
        for character in text[index..<(index + 4)] {
            guard let digit = HexFormat.digit(character) else {
                throw ToolError("\\u needs four hex digits")
            }
            unit = unit << 4 | UInt16(digit)
        }
        index += 4
        return unit
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(ToolError) {
        if !take(character) { throw ToolError("a message in JSON lacks a '\(character)'") }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        skipSpace()
        guard index < text.endIndex, text[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpace() {
        while index < text.endIndex, [0x20, 0x09, 0x0d].contains(text[index]) { index += 1 }
    }
}
