/// The bytes that the line formats are made of.
enum Ascii {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let delete: UInt8 = 0x7f

    static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 || byte == delete }
}
