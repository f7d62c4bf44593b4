/// Standard output, written in batches of whole lines.
struct StandardOutput {
    /// Whoever read the output has gone.
    struct Closed: Error {}

    private static let descriptor = System.standardOutput
    private static let batchSize = 64 << 10

    var bytes: [UInt8] = []

    /// Flushes when a batch is full; call it after each line.
    mutating func endLine() throws {
        if bytes.count >= Self.batchSize { try flush() }
    }

    /// Writes everything; call it before waiting for anything.
    mutating func flush() throws {
        try bytes.withUnsafeBytes { try Self.write($0) }
        bytes.removeAll(keepingCapacity: bytes.count <= 2 * Self.batchSize)
    }

    static func write(_ bytes: UnsafeRawBufferPointer) throws {
        var written = 0
        while written < bytes.count {
            switch System.writeSome(descriptor, .init(rebasing: bytes[written...])) {
            case .bytes(let count): written += count
            case .wouldBlock: System.waitWritable(descriptor)
            case .closed: throw Closed()
            case .failed(let reason): throw ToolError("standard output: \(reason)")
            }
        }
    }
}
