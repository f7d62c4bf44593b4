#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

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

    static func open(_ place: Place) throws -> Int32 {
        let stream = Int32(truncatingIfNeeded: streamType)
        let fd =
            switch place {
            case .port: socket(AF_INET, stream, 0)
            case .path: socket(AF_UNIX, stream, 0)
            }
        guard fd >= 0 else { throw RawError.failed("socket", errno) }
        var limit = timeval(tv_sec: 10, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
        setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        return fd
    }

    private static var streamType: Int {
        #if canImport(Darwin)
            Int(SOCK_STREAM)
        #else
            Int(SOCK_STREAM.rawValue)
        #endif
    }

    static func withAddress<R>(
        _ place: Place, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
    ) -> R {
        switch place {
        case .port(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
        case .path(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            let isAbstract = path.first == UInt8(ascii: "@")
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
            if isAbstract { withUnsafeMutableBytes(of: &address.sun_path) { $0[0] = 0 } }
            let length = isAbstract ? 2 + path.count : MemoryLayout<sockaddr_un>.size
            return withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(length))
                }
            }
        }
    }

    static func port(of fd: Int32) -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(fd, $0, &size) }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    static func set(_ fd: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(fd, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Closing then sends a reset instead of an orderly end.
    static func resetOnClose(_ fd: Int32) {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
    }

    /// Reads what is there, at most `count` bytes; empty at the end of the stream.
    static func read(_ fd: Int32, atMost count: Int) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        while true {
            let got = recv(fd, &bytes, count, 0)
            if got >= 0 { return Array(bytes.prefix(got)) }
            if errno == EINTR { continue }
            if errno == EAGAIN || errno == EWOULDBLOCK { throw RawError.silent }
            throw RawError.ended
        }
    }

    /// Writes all of it, at most `most` bytes by a call.
    static func write(_ fd: Int32, _ bytes: [UInt8], most: Int = .max) throws {
        try bytes.withUnsafeBytes { try write(fd, $0, most: most) }
    }

    private static func write(_ fd: Int32, _ bytes: UnsafeRawBufferPointer, most: Int) throws {
        var offset = 0
        #if canImport(Darwin)
            let flags: Int32 = 0
        #else
            let flags = Int32(MSG_NOSIGNAL)
        #endif
        while offset < bytes.count {
            let count = min(most, bytes.count - offset)
            let put = send(fd, bytes.baseAddress.map { $0 + offset }, count, flags)
            if put > 0 {
                offset += put
            } else if errno != EINTR {
                throw errno == EAGAIN ? RawError.silent : RawError.ended
            }
        }
    }
}
