import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct OptionMisuseTests {
    struct BadValue: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let change: @Sendable (inout SocketOptions) -> Void

        init(_ name: String, _ change: @escaping @Sendable (inout SocketOptions) -> Void) {
            testDescription = name
            self.change = change
        }
    }

    static let badValues: [BadValue] = [
        BadValue("negative send mark") { $0.sendHighWaterMark = -1 },
        BadValue("negative receive mark") { $0.receiveHighWaterMark = .min },
        BadValue("byte limit too small") { $0.sendByteLimit = 65_535 },
        BadValue("negative byte limit") { $0.sendByteLimit = -1 },
        BadValue("receive byte limit too small") { $0.receiveByteLimit = 65_535 },
        BadValue("no memory for subscriptions") { $0.subscriptionByteLimit = 65_535 },
        BadValue("messages of no frame") { $0.peerLimits.framesPerMessage = 0 },
        BadValue("messages of no byte") { $0.peerLimits.messageBytes = 0 },
        BadValue("no room for READY") { $0.peerLimits.handshakeCommandSize = 255 },
        BadValue("negative command size") { $0.peerLimits.commandSize = -1 },
        BadValue("no metadata") { $0.peerLimits.metadataProperties = 1 },
        BadValue("no room for an identity") { $0.peerLimits.metadataValueSize = 254 },
        BadValue("no subscriptions") { $0.peerLimits.subscriptions = 0 },
        BadValue("no topics") { $0.peerLimits.topicSize = 0 },
        BadValue("no bytes of topics") { $0.peerLimits.subscriptionBytes = 0 },
        BadValue("nothing ignored") { $0.peerLimits.ignoredFrames = 0 },
        BadValue("no PONG") { $0.peerLimits.pongsPerSecond = 0 },
        BadValue("no backlog") { $0.backlog = 0 },
        BadValue("backlog over 16 bits") { $0.backlog = 65_536 },
        BadValue("negative message size") { $0.maxMessageSize = -1 },
        BadValue("no pending handshakes") { $0.maxPendingHandshakes = 0 },
        BadValue("negative type of service") { $0.typeOfService = -1 },
        BadValue("type of service over a byte") { $0.typeOfService = 256 },
        BadValue("no send buffer") { $0.sendBuffer = 0 },
        BadValue("negative receive buffer") { $0.receiveBuffer = -5 },
        BadValue("negative linger") { $0.linger = .milliseconds(-1) },
        BadValue("negative send timeout") { $0.sendTimeout = .nanoseconds(-1) },
        BadValue("negative receive timeout") { $0.receiveTimeout = .seconds(-1) },
        BadValue("negative reconnect interval") { $0.reconnectInterval = .seconds(-1) },
        BadValue("negative longest reconnect") { $0.reconnectIntervalMax = .seconds(-1) },
        BadValue("negative connect timeout") { $0.connectTimeout = .seconds(-1) },
        BadValue("negative handshake timeout") { $0.handshakeTimeout = .seconds(-1) },
        BadValue("negative heartbeat interval") { $0.heartbeatInterval = .seconds(-1) },
        BadValue("negative heartbeat timeout") { $0.heartbeatTimeout = .seconds(-1) },
        BadValue("negative TTL") { $0.heartbeatTTL = .seconds(-1) },
        BadValue("A5 TTL over its 16 bits") { $0.heartbeatTTL = .milliseconds(6_553_600) },
        BadValue("A8 metadata without X-") { $0.metadata = ["Key": "value"] },
        BadValue("A8 metadata name of a socket's own") { $0.metadata = ["Identity": "value"] },
        BadValue("A8 metadata without a name") { $0.metadata = ["X-": "value"] },
        BadValue("A8 metadata with a space") { $0.metadata = ["X-a b": "value"] },
        BadValue("A8 metadata name not ASCII") { $0.metadata = ["X-ä": "value"] },
        BadValue("A8 metadata name too long") {
            $0.metadata = ["X-" + String(repeating: "a", count: 254): "value"]
        },
        BadValue("A8 metadata value too long") {
            $0.metadata = ["X-a": String(repeating: "a", count: (32 << 10) + 1)]
        },
        BadValue("A8 too much metadata") {
            for index in 0..<65 { $0.metadata["X-\(index)"] = "" }
        },
    ]

    @Test(arguments: badValues)
    func A1_aBadValueIsRefusedAndTheOldOneKept(_ bad: BadValue) async throws {
        try await withTestContext { context in
            let made = await thrownCode {
                _ = try DealerSocket(context, options: options(bad.change))
            }
            #expect(made == .invalidOption)
            let socket = try DealerSocket(context)
            let before = socket.options
            #expect(await thrownCode { try socket.updateOptions(bad.change) } == .invalidOption)
            #expect(socket.options == before)
            try await link(socket, try DealerSocket(context), over: .tcp)
        }
    }

    @Test func A1_theLimitsThemselvesAreAllowed() async throws {
        try await withTestContext { context in
            let edge = options {
                $0.sendHighWaterMark = 0
                $0.receiveHighWaterMark = .max
                $0.sendByteLimit = 65_536
                $0.receiveByteLimit = 65_536
                $0.subscriptionByteLimit = 65_536
                $0.peerLimits.framesPerMessage = 1
                $0.peerLimits.messageBytes = .max
                $0.peerLimits.handshakeCommandSize = 256
                $0.peerLimits.commandSize = 1
                $0.peerLimits.metadataProperties = 3
                $0.peerLimits.metadataValueSize = 255
                $0.peerLimits.ignoredFrames = .max
                $0.peerLimits.pongsPerSecond = .max
                $0.backlog = 65_535
                $0.maxMessageSize = .max
                $0.maxPendingHandshakes = .max
                $0.typeOfService = 255
                $0.linger = .seconds(Int64.max)
                $0.reconnectInterval = .seconds(Int64.max)
                $0.reconnectIntervalMax = .seconds(Int64.max)
                $0.connectTimeout = .seconds(Int64.max)
                $0.handshakeTimeout = .seconds(Int64.max)
                $0.heartbeatInterval = .seconds(Int64.max)
                $0.heartbeatTimeout = .seconds(Int64.max)
                $0.heartbeatTTL = .milliseconds(6_553_599)
                $0.sendTimeout = .seconds(Int64.max)
                $0.receiveTimeout = .seconds(Int64.max)
                $0.affinity = .max
                $0.metadata = ["X-a.b_c+D9": ""]
            }
            let left = try DealerSocket(context, options: edge)
            let right = try DealerSocket(context, options: edge)
            try await link(left, right, over: .tcp)
            async let message = right.receive()
            try await left.send("hello")
            #expect(try await message == "hello")
        }
    }

    @Test func theLimitsOnPeersAreThoseOfTheOptions() async throws {
        #expect(PeerLimits().wire(maxFrameSize: 64 << 20) == WireLimits())
        #expect(PeerLimits().subscriber == SubscriptionLimits())
        #expect(PeerLimits().framesPerMessage == 65_536)
        #expect(PeerLimits().messageBytes == 256 << 20)
        #expect(PeerLimits().handshakeCommandSize == 64 << 10)
        #expect(PeerLimits().commandSize == 64 << 10)
        #expect(PeerLimits().metadataProperties == 64)
        #expect(PeerLimits().metadataValueSize == 32 << 10)
        #expect(PeerLimits().subscriptions == 100_000)
        #expect(PeerLimits().topicSize == 64 << 10)
        #expect(PeerLimits().subscriptionBytes == 64 << 20)
        #expect(PeerLimits().pongsPerSecond == 100)
        #expect(SocketOptions().maxMessageSize == 64 << 20)
        #expect(SocketOptions().handshakeTimeout == .seconds(30))
        #expect(SocketOptions().receiveByteLimit == 64 << 20)
        #expect(SocketOptions().sendByteLimit == 64 << 20)
        #expect(SocketOptions().maxPendingHandshakes == 8192)
        #expect(SocketOptions().subscriptionByteLimit == 256 << 20)
        #expect(SubscriptionLimits().bytesInAll == 256 << 20)
        try await withTestContext { context in
            let pull = try PullSocket(
                context, options: options { $0.peerLimits.framesPerMessage = 2 })
            let events = EventLog(pull)
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            let push = try await RawPeer.connect(endpoint, as: "PUSH")
            try await push.send(["a", "b"])
            #expect(try await pull.next() == ["a", "b"])
            try await push.send(["a", "b", "c"])
            _ = try await events.first(.disconnected)
            let pub = try XPublisherSocket(
                context, options: options { $0.peerLimits.subscriptions = 2 })
            let published = EventLog(pub)
            let sub = try await RawPeer.connect(try pub.bind("tcp://127.0.0.1:*"), as: "SUB")
            for topic in ["a", "b", "c"] { try await sub.subscribe(topic) }
            _ = try await published.first(.disconnected)
        }
    }

    @Test func theBytesOfAPeersTopicsAreLimited() async throws {
        try await withTestContext { context in
            let pub = try XPublisherSocket(
                context, options: options { $0.peerLimits.subscriptionBytes = 10 })
            let published = EventLog(pub)
            let sub = try await RawPeer.connect(try pub.bind("tcp://127.0.0.1:*"), as: "SUB")
            try await sub.subscribe("12345")
            try await sub.subscribe("67890")
            #expect(try await pub.next() == [Frame([1] + Array("12345".utf8))])
            #expect(try await pub.next() == [Frame([1] + Array("67890".utf8))])
            try await sub.subscribe("+")
            _ = try await published.first(.disconnected)
        }
    }

    @Test func twoWhoChangeOptionsAtOnceUndoNothing() async throws {
        try await withTestContext { context in
            let socket = try DealerSocket(context)
            async let one: Void = offThread {
                for mark in 1...2000 { try socket.updateOptions { $0.sendHighWaterMark = mark } }
            }
            async let two: Void = offThread {
                for mark in 1...2000 { try socket.updateOptions { $0.receiveHighWaterMark = mark } }
            }
            _ = try await (one, two)
            #expect(socket.options.sendHighWaterMark == 2000)
            #expect(socket.options.receiveHighWaterMark == 2000)
        }
    }

    @Test func A1_contextOptionsHaveLimitsToo() {
        for threads in [0, -1, 65, .max] {
            var bad = ContextOptions()
            bad.ioThreads = threads
            #expect(throws: ZeroMQError.self) { try Context(bad) }
        }
        for reserve in [-1, 1025, .min, .max] {
            var bad = ContextOptions()
            bad.descriptorReserve = reserve
            #expect(throws: ZeroMQError.self) { try Context(bad) }
        }
        #expect(ContextOptions().descriptorReserve == 16)
        var none = ContextOptions()
        none.maxSockets = 0
        #expect(throws: ZeroMQError.self) { try Context(none) }
    }

    @Test func A1_oneSocketTooManyIsAnErrorAndAClosedOneMakesRoom() async throws {
        var limited = ContextOptions()
        limited.maxSockets = 2
        try await withTestContext(limited) { context in
            let first = try PushSocket(context)
            let second = try PushSocket(context)
            #expect(await thrownCode { _ = try PushSocket(context) } == .limitReached)
            await first.close()
            let third = try PushSocket(context)
            await second.close()
            await third.close()
        }
    }

    @Test func A2_optionsThatDoNotActAtOnceConcernLaterConnectionsOnly() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            let dealer = try DealerSocket(
                context, options: options { $0.routingID = try? RoutingID("before") })
            try await join(dealer, to: router, at: endpoint)
            try dealer.updateOptions { $0.routingID = try? RoutingID("after") }
            try await dealer.send("one")
            #expect(try await router.next() == ["before", "one"])
            try dealer.disconnect(endpoint)
            try await eventually("it has left") { router.statistics.peers == 0 }
            try await join(dealer, to: router, at: endpoint)
            try await dealer.send("two")
            #expect(try await router.next() == ["after", "two"])
        }
    }

    @Test func A6_aReconnectIntervalOfZeroIsNoHotLoop() async throws {
        try await withTestContext { context in
            let endpoint = try await TestTransport.tcp.reservedEndpoint(context)
            let push = try PushSocket(context, options: options { $0.reconnectInterval = .zero })
            let start = ContinuousClock().now
            try push.connect(endpoint)
            try await eventually("some attempts") { push.statistics.reconnects >= 50 }
            // At least a millisecond lies between two attempts.
            #expect(ContinuousClock().now - start >= .milliseconds(49))
            let pull = try PullSocket(context)
            try pull.bind(endpoint)
            try await push.send("x")
            #expect(try await pull.next() == "x")
        }
    }

    @Test func A7_aTinyMessageSizeLeavesTheHandshakeAlone() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context, options: options { $0.maxMessageSize = 1 })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            let push = try await RawPeer.connect(endpoint, as: "PUSH")
            try await push.send(["x"])
            #expect(try await pull.next() == "x")
            try await push.send(["xy"])
            try await push.waitUntilClosed()
            #expect(try pull.tryReceive() == nil)
        }
    }

    @Test func A7_aMessageOfExactlyTheLimitPasses() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context, options: options { $0.maxMessageSize = 100 })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            let push = try await RawPeer.connect(endpoint, as: "PUSH")
            let body = [UInt8](repeating: 1, count: 101)
            try await push.send(bytes: [Array(body.dropLast())])
            #expect(try await pull.next().array.count == 100)
            try await push.send(bytes: [body])
            try await push.waitUntilClosed()
            #expect(try pull.tryReceive() == nil)
        }
    }
}
