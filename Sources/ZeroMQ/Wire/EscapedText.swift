/// Bytes from a peer made safe to print.
enum EscapedText {
    /// Printable ASCII as it is, every other byte and the backslash as `\xNN`.
    ///
    /// At most `limit` bytes are shown; a longer text ends in `...`.
    static func make(_ bytes: some Sequence<UInt8>, limit: Int = 256) -> String {
        var text = ""
        var shown = 0
        for byte in bytes {
            if shown == limit {
                text += "..."
                break
            }
            shown += 1
            if byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "\\x"
                text.unicodeScalars.append(digit(byte >> 4))
                text.unicodeScalars.append(digit(byte & 15))
            }
        }
        return text
    }

    private static func digit(_ value: UInt8) -> Unicode.Scalar {
        Unicode.Scalar(value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + (value - 10))
    }
}
