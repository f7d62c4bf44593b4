/// The few system calls of the tool.
enum System {
    enum Transfer {
        case bytes(Int)
        case wouldBlock
        case closed
        case failed(String)
    }

    /// Sends a line to standard error.
    static func complain(_ line: String) {
        var bytes = Array("\(line)\n".utf8)
        bytes.withUnsafeMutableBytes {
            _ = writeSome(standardError, UnsafeRawBufferPointer($0))
        }
    }
}
