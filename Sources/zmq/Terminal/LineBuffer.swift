/// Cuts bytes, as they come, into lines.
struct LineBuffer {
    /// The longest line, without its line feed.
    let limit: Int
    private var bytes: [UInt8] = []
    /// Where the next line begins.
    private var start = 0
    /// Up to where there is no line feed.
    private var searched = 0

    /// 64 MiB, the largest frame that peers accept by default, and twice that in hex.
    static let defaultLimit = 130 << 20

    init(limit: Int = defaultLimit) {
        self.limit = limit
    }

    mutating func append(_ chunk: UnsafeRawBufferPointer) {
        if start > 0 {
            bytes.removeSubrange(..<start)
            searched -= start
            start = 0
        }
        bytes.append(contentsOf: chunk)
    }

    /// The next whole line, without its line feed; nil when its end has not come yet.
    mutating func nextLine() throws(ToolError) -> ArraySlice<UInt8>? {
        guard let end = bytes[searched...].firstIndex(of: Ascii.lineFeed) else {
            searched = bytes.count
            try check(length: bytes.count - start)
            return nil
        }
        try check(length: end - start)
        defer { (start, searched) = (end + 1, end + 1) }
        return bytes[start..<end]
    }

    /// What is left when the input has ended: a last line without a line feed.
    mutating func lastLine() -> ArraySlice<UInt8>? {
        defer { (start, searched) = (bytes.count, bytes.count) }
        return start < bytes.count ? bytes[start...] : nil
    }

    private func check(length: Int) throws(ToolError) {
        if length > limit { throw ToolError("a line is longer than \(limit >> 20) MiB") }
    }
}
