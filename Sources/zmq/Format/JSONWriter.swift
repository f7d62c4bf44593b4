/// Writes a frame as JSON: a string when it is text, `{"hex": "..."}` when it is not.
enum JSONWriter {
    static func append(_ frame: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        guard UTF8Text.isValid(frame) else {
            output.append(contentsOf: #"{"hex": ""#.utf8)
            HexFormat.append(frame, to: &output)
            output.append(contentsOf: #""}"#.utf8)
            return
        }
        output.append(Ascii.quote)
        var copied = 0
        for index in 0..<frame.count where needsEscape(frame[index]) {
            output.append(contentsOf: frame[copied..<index])
            appendEscape(frame[index], to: &output)
            copied = index + 1
        }
        output.append(contentsOf: frame[copied...])
        output.append(Ascii.quote)
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte == Ascii.quote || byte == Ascii.backslash || Ascii.isControl(byte)
    }

    private static func appendEscape(_ byte: UInt8, to output: inout [UInt8]) {
        output.append(Ascii.backslash)
        switch byte {
        case Ascii.quote, Ascii.backslash: output.append(byte)
        case Ascii.lineFeed: output.append(UInt8(ascii: "n"))
        case Ascii.tab: output.append(UInt8(ascii: "t"))
        case UInt8(ascii: "\r"): output.append(UInt8(ascii: "r"))
        default:
            output.append(contentsOf: "u00".utf8)
            HexFormat.append(byte, to: &output)
        }
    }
}
