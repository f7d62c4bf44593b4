@testable import ZeroMQ

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A listening loopback port whose connections a test takes one by one.
final class RawListener: Sendable {
    private let fd: Int32
    let endpoint: String

    /// - Parameter port: 0 for any free one.
    init(port: UInt16 = 0) throws {
        fd = try RawSocket.open(.port(0))
        RawSocket.set(fd, SO_REUSEADDR, 1)
        let listening = fd
        let isBound = RawSocket.withAddress(.port(port)) { bind(listening, $0, $1) == 0 }
        guard isBound, listen(fd, 128) == 0 else { throw RawError.failed("listen", errno) }
        endpoint = "tcp://127.0.0.1:\(RawSocket.port(of: fd))"
    }

    deinit {
        #if canImport(Darwin)
            _ = Darwin.close(fd)
        #elseif canImport(Glibc)
            _ = Glibc.close(fd)
        #else
            _ = Musl.close(fd)
        #endif
    }

    /// Takes the next connection; no handshake yet.
    func accept(receiveBuffer: Int32? = nil) async throws -> RawPeer {
        try await offThread { [self] in
            if let receiveBuffer { RawSocket.set(fd, SO_RCVBUF, receiveBuffer) }
            let accepted = next()
            guard accepted >= 0 else { throw RawError.silent }
            var limit = timeval(tv_sec: 10, tv_usec: 0)
            let size = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(accepted, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
            setsockopt(accepted, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
            return RawPeer(fd: accepted)
        }
    }

    private func next() -> Int32 {
        #if canImport(Darwin)
            Darwin.accept(fd, nil, nil)
        #elseif canImport(Glibc)
            Glibc.accept(fd, nil, nil)
        #else
            Musl.accept(fd, nil, nil)
        #endif
    }

    /// Takes the next connection and shakes hands as a socket of the given type.
    func accept(
        as type: String, id: [UInt8] = [], minor: UInt8 = 1, receiveBuffer: Int32? = nil
    ) async throws -> RawPeer {
        let peer = try await accept(receiveBuffer: receiveBuffer)
        try await peer.shakeHands(as: type, id: id, minor: minor)
        return peer
    }
}
