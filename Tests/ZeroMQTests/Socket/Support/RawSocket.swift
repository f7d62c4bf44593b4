/// Why a raw peer could not go on.
enum RawError: Error, Equatable {
    case failed(String, Int32)
    /// The other side closed or reset the stream.
    case ended
    /// Nothing came within the time limit.
    case silent
}

/// A blocking stream socket made of system calls alone. Every call ends within ten seconds.
enum RawSocket {
    /// Where an endpoint's text points: a loopback port or a path.
    enum Place {
        case port(UInt16)
        case path([UInt8])
    }

    static func place(_ endpoint: String) -> Place? {
        if endpoint.hasPrefix("tcp://") {
            let digits = endpoint.reversed().prefix { $0 != ":" }.reversed()
            return UInt16(String(digits)).map { .port($0) }
        }
        guard endpoint.hasPrefix("ipc://") else { return nil }
        return .path(Array(endpoint.dropFirst(6).utf8))
    }

    /// Reads what is there, at most `count` bytes; empty at the end of the stream.
    static func read(_ fd: Descriptor, atMost count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        while true {
            let got = bytes.withUnsafeMutableBytes { receive(fd, $0) }
            if got >= 0 { return Array(bytes.prefix(got)) }
            if !wasInterrupted { throw hasTimedOut ? RawError.silent : RawError.ended }
        }
    }

    /// Writes all of it, at most `most` bytes by a call.
    static func write(_ fd: Descriptor, _ bytes: [UInt8], most: Int = .max) throws {
        try bytes.withUnsafeBytes { try write(fd, $0, most: most) }
    }

    private static func write(
        _ fd: Descriptor, _ bytes: UnsafeRawBufferPointer, most: Int
    ) throws {
        var offset = 0
        while offset < bytes.count {
            let count = min(most, bytes.count - offset)
            let put = send(fd, UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count]))
            if put > 0 {
                offset += put
            } else if !wasInterrupted {
                throw hasTimedOut ? RawError.silent : RawError.ended
            }
        }
    }
}
