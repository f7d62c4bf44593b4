#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Connecting, and connecting again.
    @Suite(.timeLimit(.minutes(1))) struct ConnectTests {
        private let quick = SocketOptions.with {
            $0.reconnectInterval = .milliseconds(20)
            $0.receiveTimeout = patience
            $0.sendTimeout = patience
        }

        @Test func K1_connectReturnsAtOnceAndIsRetriedForEver() async throws {
            try await withLiveContext { context in
                let listener = try WireListener.refusing()
                let endpoint = listener.endpoint
                let push = try PushSocket(context, options: quick)
                let log = Journal(push)
                let elapsed = try ContinuousClock().measure { try push.connect(endpoint) }
                #expect(elapsed < .seconds(5))
                await log.wait(.connectRetried, count: 10)
                #expect(log.count(.connectStopped) == 0)
                try await push.send("patience")
                listener.open()
                let peer = try await listener.accept()
                try await peer.shakeHands(as: "PULL")
                #expect(try await peer.receiveFrame().body == Array("patience".utf8))
                #expect(push.statistics.reconnects >= 10)
            }
        }

        @Test func K1_policyMaySayNo() async throws {
            try await withLiveContext { context in
                let listener = try WireListener.refusing()
                let push = try PushSocket(context, options: .with { $0.reconnectInterval = nil })
                let log = Journal(push)
                try push.connect(listener.endpoint)
                await log.wait(.connectStopped)
                #expect(log.count(.connecting) == 1 && log.count(.connectRetried) == 0)
                await push.close()
            }
        }

        @Test func K2_delaysGrowToTheCapWithJitter() async throws {
            try await withLiveContext { context in
                let listener = try WireListener.refusing()
                let push = try PushSocket(
                    context,
                    options: .with {
                        $0.reconnectInterval = .milliseconds(10)
                        $0.reconnectIntervalMax = .milliseconds(80)
                    })
                let log = Journal(push)
                try push.connect(listener.endpoint)
                await log.wait(.connectRetried, count: 24)
                let delays = log.all(.connectRetried).compactMap(\.delay)
                #expect(delays.count >= 24)
                #expect(delays.allSatisfy { $0 >= .milliseconds(1) && $0 <= .milliseconds(80) })
                #expect(delays[0] <= .milliseconds(10) && delays[1] <= .milliseconds(20))
                #expect(delays.dropFirst(4).contains { $0 > .milliseconds(10) })
                #expect(Set(delays.dropFirst(4)).count > 10, "without jitter")
            }
        }

        @Test func K2_successStartsTheDelayAnew() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let push = try PushSocket(
                    context,
                    options: .with {
                        $0.reconnectInterval = .milliseconds(2)
                        $0.reconnectIntervalMax = .milliseconds(300)
                    })
                let log = Journal(push)
                try push.connect(listener.endpoint)
                for _ in 0..<12 {
                    let peer = try await listener.accept()
                    try await peer.shakeHands(as: "PULL")
                    await log.wait(.handshakeSucceeded, count: log.count(.disconnected) + 1)
                    peer.close()
                    await log.wait(.connectRetried, count: log.count(.handshakeSucceeded))
                }
                let delays = log.all(.connectRetried).compactMap(\.delay)
                #expect(delays.allSatisfy { $0 <= .milliseconds(2) }, "\(delays)")
            }
        }

        @Test func K3_everyAddressIsTriedAndNamesAreResolvedAnew() async throws {
            let listener = try WireListener()
            let dead = try WireListener.refusing()
            let resolver = StubResolver()
            let there = try #require(SocketAddress("127.0.0.1:\(listener.port)"))
            let nobody = try #require(SocketAddress("127.0.0.1:\(dead.port)"))
            resolver.answer("service.test", .success([nobody, nobody, there]))
            let context = try Context.resolving(by: resolver)
            let push = try PushSocket(context, options: quick)
            let log = Journal(push)
            try push.connect("tcp://service.test:1234")
            let first = try await listener.accept()
            try await first.shakeHands(as: "PULL")
            #expect(log.count(.connectRetried) == 0, "the third address needs no second round")
            #expect(resolver.calls == ["service.test"])
            // The service moves.
            let other = try WireListener()
            let elsewhere = try #require(SocketAddress("127.0.0.1:\(other.port)"))
            resolver.answer("service.test", .success([elsewhere]))
            first.close()
            let second = try await other.accept()
            try await second.shakeHands(as: "PULL")
            try await push.send("followed")
            #expect(try await second.receiveFrame().body == Array("followed".utf8))
            #expect(resolver.calls.count == 2)
            await context.shutdown(grace: .zero)
        }

        @Test func K3_unknownNamesAreTriedAgain() async throws {
            let listener = try WireListener()
            let resolver = StubResolver()
            resolver.answer("late.test", .failure(LookupError(.unknownName)))
            let context = try Context.resolving(by: resolver)
            let push = try PushSocket(context, options: quick)
            let log = Journal(push)
            try push.connect("tcp://late.test:1")
            await log.wait(.connectRetried, count: 3)
            let there = try #require(SocketAddress("127.0.0.1:\(listener.port)"))
            resolver.answer("late.test", .success([there]))
            try await listener.accept().shakeHands(as: "PULL")
            await context.shutdown(grace: .zero)
        }

        @Test func K3_slowLookupDelaysNobodyElse() async throws {
            let resolver = StubResolver()
            let context = try Context.resolving(by: resolver)
            let slow = try PushSocket(context, options: quick)
            try slow.connect("tcp://slow.test:1")
            await expectSoon("the lookup has begun") { resolver.calls == ["slow.test"] }
            let pull = try PullSocket(context, options: quick)
            let push = try PushSocket(context, options: quick)
            try push.connect(try pull.bindLoopback())
            for index in 0..<100 {
                try await push.send(Message("\(index)"))
                #expect(try await pull.receive() == Message("\(index)"))
            }
            let elapsed = await ContinuousClock().measure { await context.shutdown(grace: .zero) }
            #expect(elapsed < patience)
            // Its answer comes when nobody wants it any more.
            resolver.answer("slow.test", .failure(LookupError(.unknownName)))
        }

        @Test func K4_refusalMakesNoHotLoop() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let push = try PushSocket(
                    context, options: .with { $0.reconnectInterval = .milliseconds(100) })
                let log = Journal(push)
                try push.connect(listener.endpoint)
                let start = ContinuousClock.now
                for _ in 0..<5 { try await listener.accept().close() }
                #expect(ContinuousClock.now - start >= .milliseconds(4 * 50))
                await log.wait(.handshakeFailed, count: 5)
            }
        }

        @Test func K7_secondConnectToTheSameEndpoint() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let dealer = try DealerSocket(context, options: quick)
                try dealer.connect(listener.endpoint)
                try dealer.connect(listener.endpoint)
                let only = try await listener.accept()
                try await only.shakeHands(as: "ROUTER")
                await #expect(throws: WirePeerError.self) {
                    _ = try await listener.accept(within: .milliseconds(100))
                }
                #expect(dealer.statistics.peers == 1)
                let push = try PushSocket(context, options: quick)
                try push.connect(listener.endpoint)
                try push.connect(listener.endpoint)
                let both = [try await listener.accept(), try await listener.accept()]
                for peer in both { try await peer.shakeHands(as: "PULL") }
                #expect(push.statistics.peers == 2)
                only.close()
            }
        }

        @Test func K12_queueForAPeerNotYetThere() async throws {
            try await withLiveContext { context in
                let listener = try WireListener.refusing()
                let push = try PushSocket(
                    context,
                    options: .with {
                        $0.sendHighWaterMark = 10
                        $0.reconnectInterval = .milliseconds(20)
                    })
                try push.connect(listener.endpoint)
                for index in 0..<10 { #expect(try push.trySend(Message("\(index)"))) }
                #expect(try !push.trySend("one too many"))
                let immediate = try PushSocket(context, options: .with { $0.immediate = true })
                try immediate.connect(listener.endpoint)
                #expect(try !immediate.trySend("there is no queue"))
                listener.open()
                for _ in 0..<2 {
                    let peer = try await listener.accept()
                    try await peer.shakeHands(as: "PULL")
                    if try immediate.trySend("now there is") { continue }
                }
            }
        }

        @Test func K13_BI_G17_connectionToItselfIsRetried() async throws {
            try await withLiveContext { context in
                // With source and destination the same, TCP connects the socket to itself.
                let listener = try WireListener()
                let port = listener.port
                listener.close()
                let push = try PushSocket(context, options: quick)
                let log = Journal(push)
                try push.connect("tcp://127.0.0.2:\(port);127.0.0.2:\(port)")
                await log.wait(.connectRetried, count: 3)
                #expect(log.count(.connectStopped) == 0 && log.count(.handshakeSucceeded) == 0)
                #expect(push.statistics.connections == 0)
            }
        }

        @Test func K14_messagesBeforeAWriteErrorAreKept() async throws {
            try await withLiveContext { context in
                let dealer = try DealerSocket(context, options: quick)
                let log = Journal(dealer)
                let endpoint = try dealer.bindLoopback()
                for round in 1...20 {
                    let peer = try await WirePeer.established(to: endpoint, as: "DEALER")
                    var bytes: [UInt8] = []
                    for index in 0..<50 { bytes += WireText.frame("\(index)") }
                    try await peer.send(bytes + WireText.ping(context: [1]))
                    // All of it is there; now our writes fail.
                    #expect(try await peer.receiveFrame().body.last == 1)
                    peer.reset()
                    for _ in 0..<20 { _ = try? dealer.trySend("into the void") }
                    for index in 0..<50 {
                        #expect(try await dealer.receive() == Message("\(index)"))
                    }
                    await log.wait(.disconnected, count: round)
                }
            }
        }

        @Test func disconnectedQueueGetsNoMoreMessages() async throws {
            try await withLiveContext { context in
                let nobody = try WireListener.refusing()
                let pull = try PullSocket(context, options: quick)
                let push = try PushSocket(context, options: quick)
                try push.connect(nobody.endpoint)
                try push.connect(try pull.bindLoopback())
                try push.disconnect(nobody.endpoint)
                for index in 0..<100 { try await push.send(Message("\(index)")) }
                for index in 0..<100 { #expect(try await pull.receive() == Message("\(index)")) }
            }
        }

        @Test func disconnectThenConnectManyTimes() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: quick)
                let endpoint = try pull.bindLoopback()
                let push = try PushSocket(context, options: quick)
                for index in 0..<200 {
                    try push.connect(endpoint)
                    try await push.send(Message("\(index)"))
                    #expect(try await pull.receive() == Message("\(index)"))
                    try push.disconnect(endpoint)
                }
                await expectSoon("all of them have gone") {
                    push.statistics.peers == 0 && pull.statistics.peers == 0
                }
                #expect(push.statistics.totalDropped == 0)
            }
        }

        /// A message that the peer refuses for its size is not offered to it for ever.
        @Test func whatThePeerDoesNotTakeIsGivenUp() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: .with { $0.maxMessageSize = 100_000 })
                let push = try PushSocket(context, options: quick)
                try push.connect(try pull.bindLoopback())
                // More than the system takes in before the peer has looked at the header.
                try await push.send(Message([UInt8](repeating: 1, count: 48 << 20)))
                try await push.send("behind it")
                #expect(try await pull.receive() == "behind it")
                #expect(push.statistics.dropped == [.rejected: 1])
            }
        }
    }
#endif
