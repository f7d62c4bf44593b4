@testable import ZeroMQ

extension HotPath {
    /// Links two sockets of one context and waits until both know.
    private static func link(
        _ world: World, _ bound: some ZeroMQSocket, _ connecting: [any ZeroMQSocket]
    ) throws {
        try bound.bind("inproc://guards")
        for socket in connecting { try socket.connect("inproc://guards") }
        world.settle()
    }

    /// PUSH to PULL, 64 bytes, sent and received in turn.
    static let inprocSmall = HotPath("inproc-64") { count in
        let world = World()
        let pull = try PullSocket(world.context)
        let push = try PushSocket(world.context)
        try link(world, pull, [push])
        let message = Message([UInt8](repeating: 7, count: 64))
        for _ in 0..<count {
            guard try push.trySend(message), let received = try pull.tryReceive(),
                received[0].count == 64
            else { throw WrongResult() }
        }
    }

    /// Four frames of 64 bytes.
    static let inprocMultipart = HotPath("inproc-4x64") { count in
        let world = World()
        let pull = try PullSocket(world.context)
        let push = try PushSocket(world.context)
        try link(world, pull, [push])
        let message = Message((0..<4).map { Frame([UInt8](repeating: $0, count: 64)) })
        for _ in 0..<count {
            guard try push.trySend(message), let received = try pull.tryReceive(),
                received.count == 4
            else { throw WrongResult() }
        }
    }

    /// ROUTER to one of 100 DEALERs by its routing id.
    static let inprocRouter = HotPath("inproc-router") { count in
        let world = World()
        let router = try RouterSocket(world.context)
        var dealers: [DealerSocket] = []
        for index in 0..<100 {
            var options = SocketOptions()
            options.routingID = try RoutingID("dealer-\(index)")
            dealers.append(try DealerSocket(world.context, options: options))
        }
        try link(world, router, dealers)
        let messages = (0..<100).map { Message([Frame("dealer-\($0)"), Frame("request")]) }
        for index in 0..<count {
            let turn = index % 100
            guard try router.trySend(messages[turn]), let received = try dealers[turn].tryReceive(),
                received[0].count == 7
            else { throw WrongResult() }
        }
    }

    /// REQ to REP and back.
    static let inprocRoundTrip = HotPath("inproc-round-trip") { count in
        let world = World()
        let reply = try ReplySocket(world.context)
        let request = try RequestSocket(world.context)
        try link(world, reply, [request])
        let message = Message([UInt8](repeating: 7, count: 64))
        for _ in 0..<count {
            guard try request.trySend(message), let question = try reply.tryReceive(),
                try reply.trySend(question), let answer = try request.tryReceive(),
                answer[0].count == 64
            else { throw WrongResult() }
        }
    }

    /// PUB to ten SUBs, of which all want the message.
    static let fanOut = HotPath("fan-out-10") { count in
        let world = World()
        let publisher = try PublisherSocket(world.context)
        let subscribers = try (0..<10).map { _ in try SubscriberSocket(world.context) }
        try link(world, publisher, subscribers)
        for subscriber in subscribers { try subscriber.subscribe("topic") }
        world.settle()
        let message = Message([Frame("topic/1"), Frame([UInt8](repeating: 7, count: 64))])
        for _ in 0..<count {
            _ = try publisher.trySend(message)
            for subscriber in subscribers {
                guard try subscriber.tryReceive()?.count == 2 else { throw WrongResult() }
            }
        }
    }
}
