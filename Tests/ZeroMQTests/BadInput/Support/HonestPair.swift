import Testing

@testable import ZeroMQ

/// A bound socket in a simulated network and the honest peer that asks it, and has an answer where
/// the types allow one.
final class HonestPair {
    enum Kind: CaseIterable, Sendable { case reply, router, pull, subscriber, dealer }

    let world: SimulatedWorld
    let bound: any ZeroMQSocket
    let endpoint: String
    private let honest: any ZeroMQSocket
    private let answers: Bool

    init(
        _ world: SimulatedWorld, _ kind: Kind, options: SocketOptions = SocketOptions()
    ) throws {
        self.world = world
        let context = world.context
        switch kind {
        case .reply: (bound, honest) = (try ReplySocket(context), try RequestSocket(context))
        case .router:
            (bound, honest) = (
                try RouterSocket(context, options: options), try DealerSocket(context)
            )
        case .dealer: (bound, honest) = (try DealerSocket(context), try DealerSocket(context))
        case .pull: (bound, honest) = (try PullSocket(context), try PushSocket(context))
        case .subscriber:
            let subscriber = try SubscriberSocket(context)
            try subscriber.subscribe("honest")
            (bound, honest) = (subscriber, try PublisherSocket(context))
        }
        answers = kind != .pull && kind != .subscriber
        endpoint = try world.link(bound, honest)
        if kind == .subscriber { world.run { honest.core.subscriberCount == 1 } }
    }

    func exchange() throws -> Effort {
        let start = Effort.start(world)
        #expect(try honest.core.trySend("honest work"))
        let question = try receive(bound)
        #expect(question?.last == "honest work")
        if answers, let question {
            #expect(try bound.core.trySend(question))
            #expect(try receive(honest) == "honest work")
        }
        return start.end(world)
    }

    private func receive(_ socket: any ZeroMQSocket) throws -> Message? {
        var message: Message?
        try world.run("a message") {
            message = try socket.core.tryReceive()
            return message != nil
        }
        return message
    }
}
