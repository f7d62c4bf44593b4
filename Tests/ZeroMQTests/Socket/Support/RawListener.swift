@testable import ZeroMQ

/// A listening loopback port whose connections a test takes one by one.
final class RawListener: Sendable {
    private let fd: RawSocket.Descriptor
    let endpoint: String

    /// - Parameter port: 0 for any free one.
    init(port: UInt16 = 0) throws {
        fd = try RawSocket.open(.port(0))
        RawSocket.setReuseAddress(fd)
        guard RawSocket.listens(fd, at: .port(port)) else {
            throw RawError.failed("listen", RawSocket.lastError)
        }
        endpoint = "tcp://127.0.0.1:\(RawSocket.port(of: fd))"
    }

    deinit { RawSocket.close(fd) }

    /// Takes the next connection; no handshake yet.
    func accept(receiveBuffer: Int32? = nil) async throws -> RawPeer {
        try await offThread { [self] in
            if let receiveBuffer { RawSocket.setReceiveBuffer(fd, receiveBuffer) }
            guard let accepted = RawSocket.accept(fd) else { throw RawError.silent }
            RawSocket.limitTime(accepted)
            return RawPeer(fd: accepted)
        }
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
