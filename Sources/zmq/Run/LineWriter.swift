import ZeroMQ

/// Prints messages as lines.
struct LineWriter {
    private var output = StandardOutput()
    private let format: LineFormat

    init(format: LineFormat) {
        self.format = format
    }

    mutating func write(_ message: Message) throws {
        for (position, frame) in message.enumerated() {
            frame.withUnsafeBytes { format.append($0, position: position, to: &output.bytes) }
        }
        format.endLine(&output.bytes)
        try output.endLine()
    }

    /// Hands over what was written; call it before waiting for anything.
    mutating func flush() throws {
        try output.flush()
    }
}
