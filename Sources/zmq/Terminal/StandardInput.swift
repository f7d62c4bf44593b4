import ZeroMQ

/// The lines of standard input.
struct StandardInput {
    private static let descriptor = System.standardInput
    private static let chunkSize = 64 << 10

    private var lines = LineBuffer()
    private var chunk = [UInt8](repeating: 0, count: chunkSize)
    private var ended = false
    /// Tells when there is something to read; nil for files, where there always is.
    private var readiness: EventSource.AsyncIterator?

    /// The number of lines taken so far.
    private(set) var lineNumber = 0

    init(on thread: IOThread) {
        if System.canWait(for: Self.descriptor) {
            let source = EventSource(fileDescriptor: Self.descriptor, on: thread)
            readiness = source.makeAsyncIterator()
        }
    }

    /// The next line without its line feed, or nil at the end of the input.
    mutating func nextLine() async throws -> ArraySlice<UInt8>? {
        while true {
            if let line = try lines.nextLine() ?? (ended ? lines.lastLine() : nil) {
                lineNumber += 1
                return line
            }
            if ended { return nil }
            try await fill()
        }
    }

    private mutating func fill() async throws {
        if readiness != nil, await readiness?.next() == nil {
            try Task.checkCancellation()
            // The source gave up; a read tells why, if there is a reason.
            readiness = nil
        }
        let transfer = chunk.withUnsafeMutableBytes { System.readSome(Self.descriptor, into: $0) }
        switch transfer {
        case .bytes(0), .closed: ended = true
        case .bytes(let count):
            chunk.withUnsafeBytes { lines.append(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        case .wouldBlock: break
        case .failed(let reason): throw ToolError("standard input: \(reason)")
        }
    }
}
