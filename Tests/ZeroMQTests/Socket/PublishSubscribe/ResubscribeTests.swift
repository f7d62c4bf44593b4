import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct ResubscribeTests {
    private let quick = options { $0.reconnectInterval = .milliseconds(10) }

    @Test(arguments: [UInt8(0), 1])
    func S10_everyNewConnectionHearsAllSubscriptionsFirst(_ minor: UInt8) async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let subscriber = try XSubscriberSocket(context, options: quick)
            for topic in ["a", "b", "b", "c"] { try subscriber.subscribe(topic) }
            try subscriber.unsubscribe("c")
            try subscriber.connect(listener.endpoint)
            for round in 0..<3 {
                let peer = try await listener.accept(as: "PUB", minor: minor)
                var topics: Set<String> = []
                for _ in 0..<2 {
                    let frame = try await peer.readFrame()
                    #expect(frame.isCommand == (minor == 1))
                    let skipped = minor == 1 ? "\u{9}SUBSCRIBE".utf8.count : 1
                    topics.insert(String(decoding: frame.body.dropFirst(skipped), as: UTF8.self))
                }
                #expect(topics == ["a", "b"])
                // A message of the application comes behind them.
                try await subscriber.send("\(round)".message)
                #expect(try await peer.receiveTexts() == ["\(round)"])
                peer.reset()
                try await eventually("the loss is seen") {
                    subscriber.statistics.reconnects > UInt64(round)
                }
            }
        }
    }

    @Test(arguments: [UInt8(0), 1])
    func S10_changesLeaveInTheOrderOfTheCalls(_ minor: UInt8) async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let subscriber = try XSubscriberSocket(context, options: quick)
            let topics = (0..<2000).map { "topic \($0 &* 7919 % 2000)" }
            for topic in topics.prefix(1500) { try subscriber.subscribe(topic) }
            try subscriber.connect(listener.endpoint)
            let peer = try await listener.accept(as: "PUB", minor: minor)
            for topic in topics.prefix(1500) {
                #expect(try await peer.nextChange() == .init(topic, isWanted: true))
            }
            // From here on while the connection stands, in turn with cancellations.
            for (old, new) in zip(topics, topics.dropFirst(1500)) {
                try subscriber.subscribe(new)
                try subscriber.unsubscribe(old)
            }
            for (old, new) in zip(topics, topics.dropFirst(1500)) {
                #expect(try await peer.nextChange() == .init(new, isWanted: true))
                #expect(try await peer.nextChange() == .init(old, isWanted: false))
            }
            // What was taken back and is wanted again has lost its place.
            try subscriber.unsubscribe(topics[1000])
            try subscriber.subscribe(topics[1000])
            peer.reset()
            let next = try await listener.accept(as: "PUB", minor: minor)
            let wanted = topics.dropFirst(500).filter { $0 != topics[1000] } + [topics[1000]]
            for topic in wanted {
                #expect(try await next.nextChange() == .init(topic, isWanted: true))
            }
        }
    }

    @Test func S10_messagesThatWaitedComeBehindTheSubscriptions() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let subscriber = try XSubscriberSocket(context, options: quick)
            try subscriber.connect(listener.endpoint)
            try await subscriber.send("hello")
            try subscriber.subscribe("t")
            let peer = try await listener.accept(as: "PUB")
            #expect(try await peer.readFrame().isCommand)
            #expect(try await peer.receiveTexts() == ["hello"])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S11_subscriptionsAreNotSubjectToTheHighWaterMark(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let subscriber = try XSubscriberSocket(
                context,
                options: options {
                    $0.sendHighWaterMark = 1
                    $0.reconnectInterval = .milliseconds(10)
                })
            let endpoint = try await transport.reservedEndpoint(context)
            try subscriber.connect(endpoint)
            for index in 0..<5000 { try await subscriber.send([1] + Array("t\(index)".utf8)) }
            let publisher = try XPublisherSocket(context)
            try publisher.bind(endpoint)
            var topics: Set<[UInt8]> = []
            for _ in 0..<5000 { topics.insert(try await publisher.next().array) }
            #expect(topics.count == 5000)
            #expect(subscriber.statistics.totalDropped == 0)
        }
    }

    @Test func S11_BI_R14_manyTopicsSurviveReconnectsOnASlowLink() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let subscriber = try SubscriberSocket(
                context,
                options: options {
                    $0.sendHighWaterMark = 1
                    $0.reconnectInterval = .milliseconds(5)
                    $0.sendBuffer = 4096
                })
            let count = 20_000
            for index in 0..<count { try subscriber.subscribe("topic \(index)") }
            try subscriber.connect(listener.endpoint)
            for round in 0..<5 {
                let peer = try await listener.accept(as: "PUB", minor: 0, receiveBuffer: 4096)
                // The connection breaks somewhere on the way, but for the last.
                let part = round < 4 ? 1000 * (round + 1) : count
                let frames = try await peer.readFrames(part)
                #expect(Set(frames.map(\.body)).count == part)
                #expect(frames.allSatisfy { $0.body.first == 1 && !$0.isCommand })
                peer.reset()
            }
        }
    }

    @Test(arguments: TestTransport.wired)
    func BI_R15_aRestartedPublisherIsFoundAgain(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let subscriber = try SubscriberSocket(context, options: quick)
            try subscriber.subscribe("t")
            let endpoint = try await transport.reservedEndpoint(context)
            try subscriber.connect(endpoint)
            for round in 0..<20 {
                let publisher = try PublisherSocket(context)
                try publisher.bind(endpoint)
                try await publisher.waitForSubscribers(timeout: .seconds(15))
                try await publisher.send(["t", Frame("\(round)")])
                #expect(try await subscriber.next() == ["t", Frame("\(round)")])
                await publisher.close()
            }
        }
    }

    @Test(arguments: SocketType.connecting)
    func BI_R16_everyConnectingTypeReconnects(_ type: SocketType) async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let socket = try type.makeSocket(context, quick)
            try socket.connect(listener.endpoint)
            for _ in 0..<3 {
                let peer = try await listener.accept(as: type.counterpart)
                peer.close()
            }
            #expect(socket.statistics.reconnects >= 2)
        }
    }
}

/// A change of subscriptions as it stood on the wire.
private struct WireChange: Equatable {
    let topic: String
    let isWanted: Bool

    init(_ topic: String, isWanted: Bool) {
        self.topic = topic
        self.isWanted = isWanted
    }
}

extension RawPeer {
    /// The next change, as a command or as a message.
    fileprivate func nextChange() async throws -> WireChange {
        let frame = try await readFrame()
        guard frame.isCommand else {
            return WireChange(
                String(decoding: frame.body.dropFirst(), as: UTF8.self),
                isWanted: frame.body.first == 1)
        }
        let text = String(decoding: frame.body.dropFirst(), as: UTF8.self)
        let isWanted = text.hasPrefix("SUBSCRIBE")
        return WireChange(
            String(text.dropFirst(isWanted ? "SUBSCRIBE".count : "CANCEL".count)),
            isWanted: isWanted)
    }
}

extension SocketType {
    fileprivate static let connecting: [SocketType] = [
        .request, .reply, .dealer, .router, .publisher, .subscriber, .xPublisher, .xSubscriber,
        .push, .pull, .pair,
    ]

    fileprivate var counterpart: String {
        switch self {
        case .request: "REP"
        case .reply: "REQ"
        case .dealer: "DEALER"
        case .router: "ROUTER"
        case .publisher, .xPublisher: "SUB"
        case .subscriber, .xSubscriber: "PUB"
        case .push: "PULL"
        case .pull: "PUSH"
        default: "PAIR"
        }
    }

    fileprivate func makeSocket(
        _ context: Context, _ options: SocketOptions
    ) throws -> any ZeroMQSocket {
        switch self {
        case .request: try RequestSocket(context, options: options)
        case .reply: try ReplySocket(context, options: options)
        case .dealer: try DealerSocket(context, options: options)
        case .router: try RouterSocket(context, options: options)
        case .publisher: try PublisherSocket(context, options: options)
        case .xPublisher: try XPublisherSocket(context, options: options)
        case .subscriber: try SubscriberSocket(context, options: options)
        case .xSubscriber: try XSubscriberSocket(context, options: options)
        case .push: try PushSocket(context, options: options)
        case .pull: try PullSocket(context, options: options)
        default: try PairSocket(context, options: options)
        }
    }
}
