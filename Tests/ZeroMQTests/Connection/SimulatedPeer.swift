import Testing

@testable import ZeroMQ

/// A foreign peer in a simulated network, driven by hand: it shares no code with the library above
/// the network and does only what a test tells it to.
final class SimulatedPeer {
    let world: SimulatedWorld
    private let end: SimulatedSocket
    private var isOpen = true

    /// Connects to an endpoint that a socket of the world is bound to.
    init(_ world: SimulatedWorld, to endpoint: String) throws {
        self.world = world
        let port = try #require(endpoint.split(separator: ":").last.flatMap { UInt16($0) })
        let end = try #require(world.network.socket(try world.network.openStream(nil)))
        self.end = end
        world.network.connect(end, to: SocketAddress(ipv4: 0x7F00_0001, port: port))
        world.run("connected") { end.role == .stream }
    }

    init(_ world: SimulatedWorld, adopting end: SimulatedSocket) {
        self.world = world
        self.end = end
    }

    deinit { close() }

    /// Bytes of the other side that wait to be received.
    var available: Int { end.available }

    /// Bytes that were sent and that the other side has not received yet.
    var unread: Int { end.peer.map { $0.available + $0.underway } ?? 0 }

    var hasEnded: Bool { end.hasEnded || end.isReset || end.peer == nil }

    // MARK: Bytes

    /// Sends what there is room for; the count.
    func sendWhatFits(_ bytes: some Collection<UInt8>) -> Int {
        guard !end.isReset else { return 0 }
        return Array(bytes).withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            let piece = IOVector(base: base, count: bytes.count)
            return withUnsafePointer(to: piece) {
                world.network.send(UnsafeBufferPointer(start: $0, count: 1), from: end) ?? 0
            }
        }
    }

    /// Sends all of it, or until the other side has ended.
    func send(_ bytes: [UInt8]) {
        var sent = sendWhatFits(bytes)
        guard sent < bytes.count else { return }
        world.run(for: .seconds(60), "all is sent") {
            if !hasEnded { sent += sendWhatFits(bytes[sent...]) }
            return sent == bytes.count || hasEnded
        }
    }

    /// Takes all that has arrived.
    @discardableResult
    func takeAll() -> [UInt8] { take(end.available) }

    func receive(_ count: Int) -> [UInt8] {
        world.run("\(count) bytes") { end.available >= count || hasEnded }
        return take(min(count, end.available))
    }

    private func take(_ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return Array(unsafeUninitializedCapacity: count) { buffer, size in
            guard let base = buffer.baseAddress else { return }
            end.take(count, into: UnsafeMutableRawPointer(base))
            end.peer?.touch()
            size = count
        }
    }

    /// The body of the next frame.
    func receiveFrame() -> [UInt8] {
        let head = receive(2)
        guard head.count == 2 else { return [] }
        guard head[0] & 2 != 0 else { return receive(Int(head[1])) }
        return receive((head[1...] + receive(7)).reduce(0) { $0 << 8 | Int($1) })
    }

    /// The NULL handshake, to its end on both sides.
    func shakeHands(as type: String, identity: [UInt8]? = nil) {
        send(WireText.greeting() + WireText.ready(type, identity: identity))
        _ = receive(64)
        #expect(receiveFrame().starts(with: [5] + Array("READY".utf8)))
    }

    /// Has the other side's answer to a PING arrive: all that was sent before has been seen.
    func ping() {
        send(WireText.ping(context: [7]))
        #expect(receiveFrame() == [4] + Array("PONG".utf8) + [7])
    }

    // MARK: Ending

    /// Says that nothing more comes.
    func finish() { world.network.shutdownSend(end) }

    func close() {
        guard isOpen else { return }
        isOpen = false
        if !end.isReset { takeAll() }
        world.network.close(end.handle)
    }

    /// Breaks the connection: what is under way is lost.
    func reset() {
        world.network.reset(end.handle)
        close()
    }
}
