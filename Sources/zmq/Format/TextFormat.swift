/// Lines as people type them: frames separated by tabs.
///
/// There is one escape, `\xHH`, for a byte that is not text: a control character, or not
/// well-formed UTF-8. Every other backslash stands for itself, so that JSON, regular
/// expressions and file names can be sent as they are.
enum TextFormat {
    static func frames(of line: ArraySlice<UInt8>) -> [[UInt8]] {
        var frames: [[UInt8]] = []
        var rest = line
        while let tab = rest.firstIndex(of: Ascii.tab) {
            frames.append(unescaped(rest[..<tab]))
            rest = rest[(tab + 1)...]
        }
        frames.append(unescaped(rest))
        return frames
    }

    /// The bytes that a word of the command line stands for.
    static func bytes(_ word: String) -> [UInt8] {
        unescaped(Array(word.utf8)[...])
    }

    static func append(_ frame: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        var index = 0
        var copied = 0
        while index < frame.count {
            let length = plainLength(frame, at: index)
            if length > 0 {
                index += length
                continue
            }
            output.append(contentsOf: frame[copied..<index])
            output.append(contentsOf: [Ascii.backslash, UInt8(ascii: "x")])
            HexFormat.append(frame[index], to: &output)
            index += 1
            copied = index
        }
        output.append(contentsOf: frame[copied...])
    }

    /// How many bytes at `index` may stand as they are; 0 when the byte needs the escape.
    private static func plainLength(_ frame: UnsafeRawBufferPointer, at index: Int) -> Int {
        let byte = frame[index]
        if Ascii.isControl(byte) { return 0 }
        // A backslash that would read as an escape is written as one.
        if byte == Ascii.backslash { return escapedByte(frame, at: index) == nil ? 1 : 0 }
        return UTF8Text.characterLength(in: frame, at: index)
    }

    private static func unescaped(_ text: ArraySlice<UInt8>) -> [UInt8] {
        guard text.contains(Ascii.backslash) else { return Array(text) }
        return text.withUnsafeBytes { text in
            var bytes: [UInt8] = []
            bytes.reserveCapacity(text.count)
            var index = 0
            while index < text.count {
                if let byte = escapedByte(text, at: index) {
                    bytes.append(byte)
                    index += 4
                } else {
                    bytes.append(text[index])
                    index += 1
                }
            }
            return bytes
        }
    }

    /// The byte that `\xHH` at `index` stands for, or nil when there is no such escape.
    private static func escapedByte(_ text: UnsafeRawBufferPointer, at index: Int) -> UInt8? {
        guard text.count - index >= 4, text[index] == Ascii.backslash,
            text[index + 1] == UInt8(ascii: "x"),
            let high = HexFormat.digit(text[index + 2]), let low = HexFormat.digit(text[index + 3])
        else { return nil }
        return high << 4 | low
    }
}
