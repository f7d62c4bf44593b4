/// How a message is written as a line, for input and output alike.
///
/// What `append` writes, `frames(of:)` reads back to the same bytes.
enum LineFormat: String {
    case text, json, hex

    /// The frames that a line, without its line feed, stands for.
    func frames(of line: ArraySlice<UInt8>) throws(ToolError) -> [[UInt8]] {
        switch self {
        case .text: TextFormat.frames(of: line)
        case .json: try JSONReader.frames(of: line)
        case .hex: try HexFormat.frames(of: line)
        }
    }

    /// Appends one frame; `position` is its place in the message, from 0.
    func append(_ frame: UnsafeRawBufferPointer, position: Int, to output: inout [UInt8]) {
        switch self {
        case .text:
            if position > 0 { output.append(Ascii.tab) }
            TextFormat.append(frame, to: &output)
        case .json:
            output.append(contentsOf: position == 0 ? "[".utf8 : ", ".utf8)
            JSONWriter.append(frame, to: &output)
        case .hex:
            if position > 0 { output.append(Ascii.tab) }
            HexFormat.append(frame, to: &output)
        }
    }

    /// Ends the line of a message whose frames were appended.
    func endLine(_ output: inout [UInt8]) {
        if self == .json { output.append(Ascii.closeBracket) }
        output.append(Ascii.lineFeed)
    }
}
