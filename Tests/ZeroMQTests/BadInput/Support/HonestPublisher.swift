import Testing

@testable import ZeroMQ

/// A publisher in a simulated network, which shows what its subscribers send or does not, and one
/// honest subscriber.
final class HonestPublisher {
    let world: SimulatedWorld
    let socket: any SendingSocket
    let endpoint: String
    private let honest: SubscriberSocket

    init(_ world: SimulatedWorld, showsThem: Bool) throws {
        self.world = world
        let narrow = options { $0.receiveHighWaterMark = 100 }
        socket =
            showsThem
            ? try XPublisherSocket(world.context, options: narrow)
            : try PublisherSocket(world.context, options: narrow)
        endpoint = try socket.bind("tcp://127.0.0.1:*")
        honest = try SubscriberSocket(world.context)
        try honest.subscribe("honest")
        try world.join(honest, to: socket, at: endpoint)
        world.run { socket.core.subscriberCount == 1 }
        // Its subscription is shown too.
        try takeAll()
    }

    /// Takes all that the subscribers have sent, if it is shown.
    func takeAll() throws {
        guard socket.core.receiveSide != nil else { return }
        while try socket.core.tryReceive() != nil {}
    }

    /// Publishes something and has it arrive, doing something else before each turn.
    @discardableResult
    func work(meanwhile: () -> Void = {}) throws -> Effort {
        let start = Effort.start(world)
        #expect(try socket.trySend("honest work"))
        var work: Message?
        try world.run("the work arrives") {
            meanwhile()
            work = try honest.tryReceive()
            return work != nil
        }
        #expect(work == "honest work")
        return start.end(world)
    }
}
