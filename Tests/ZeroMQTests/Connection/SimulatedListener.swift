import Testing

@testable import ZeroMQ

/// A foreign listener in a simulated network, for the library's sockets to connect to.
final class SimulatedListener {
    private let world: SimulatedWorld
    private let socket: SimulatedSocket

    init(_ world: SimulatedWorld) throws {
        self.world = world
        // Below the ports that the network hands out: those come round again.
        let address = SocketAddress(ipv4: 0x7F00_0001, port: 5555)
        let handle = try world.network.openListener(address, ListenOptions())
        socket = try #require(world.network.socket(handle))
    }

    deinit { world.network.close(socket.handle) }

    var endpoint: String { "tcp://127.0.0.1:\(socket.local?.port ?? 0)" }

    /// The next connection, as soon as it is there; no handshake yet.
    func accept(within limit: Duration = .seconds(60)) throws -> SimulatedPeer {
        world.run(for: limit, "a connection") { !socket.backlog.isEmpty }
        try #require(!socket.backlog.isEmpty)
        return SimulatedPeer(world, adopting: socket.backlog.removeFirst())
    }
}
