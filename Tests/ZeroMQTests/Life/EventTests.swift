#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// An event for each step, and counters that add up.
    @Suite(.timeLimit(.minutes(1))) struct EventTests {
        private let calm = SocketOptions.with {
            $0.reconnectInterval = .milliseconds(20)
            $0.receiveTimeout = patience
            $0.sendTimeout = patience
        }

        @Test func eventsOfAWholeLife() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: calm)
                let push = try PushSocket(context, options: calm)
                let (bound, connected) = (Journal(pull), Journal(push))
                let endpoint = try pull.bindLoopback()
                try push.connect(endpoint)
                try await push.send("x")
                #expect(try await pull.receive() == "x")
                await connected.wait(.handshakeSucceeded)
                try pull.unbind(endpoint)
                await connected.wait(.connectRetried)
                await push.close(linger: .zero)
                await bound.wait(.disconnected)
                await pull.close()
                await expectSoon("both streams end") { bound.isFinished && connected.isFinished }
                let steps = bound.all.map(\.kind)
                #expect(steps.prefix(3) == [.listening, .accepted, .handshakeSucceeded])
                #expect(Set(steps.dropFirst(3)) == [.closed, .disconnected])
                #expect(
                    connected.all.map(\.kind).prefix(5) == [
                        .connecting, .connected, .handshakeSucceeded, .disconnected,
                        .connectRetried,
                    ])
                #expect(bound.all.allSatisfy { $0.endpoint == endpoint })
                #expect(connected.all.allSatisfy { $0.endpoint == endpoint })
                let accepted = bound.all(.accepted)
                #expect(accepted.allSatisfy { $0.peerAddress != nil }, "\(accepted)")
                #expect(bound.all(.disconnected).allSatisfy { $0.reason != nil })
                #expect(connected.all(.connectRetried).allSatisfy { $0.delay != nil })
            }
        }

        @Test func everyStreamIsIndependent() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context)
                let logs = (0..<10).map { _ in Journal(pull) }
                try pull.bind("tcp://127.0.0.1:*")
                for log in logs { await log.wait(.listening) }
                let late = Journal(pull)
                await pull.close()
                for log in logs + [late] { await expectSoon("it ends") { log.isFinished } }
                #expect(late.count(.listening) == 0)
                let tooLate = Journal(pull)
                await expectSoon("it ends at once") { tooLate.isFinished }
            }
        }

        @Test func BI_X13_readerThatFallsBehindIsBounded() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context)
                let events = pull.events
                for _ in 0..<600 {
                    let endpoint = try pull.bindLoopback()
                    try pull.unbind(endpoint)
                }
                await pull.close()
                var count = 0
                for await _ in events { count += 1 }
                #expect(count == 1024)
            }
        }

        @Test func handshakeTimeout() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let push = try PushSocket(
                    context,
                    options: .with {
                        $0.handshakeTimeout = .milliseconds(200)
                        $0.reconnectInterval = .milliseconds(20)
                    })
                let log = Journal(push)
                let start = ContinuousClock.now
                try push.connect(listener.endpoint)
                let silent = try await listener.accept()
                #expect(await silent.waitForEnd() != nil)
                #expect(ContinuousClock.now - start >= .milliseconds(150))
                await log.wait(.handshakeFailed, reason: "took too long")
                let whole = WireText.greeting() + WireText.ready("PULL")
                var held: [WirePeer] = []
                // Sooner or later we are quick enough.
                await expectSoon("a handshake in time") {
                    while let peer = listener.acceptNow() {
                        _ = peer.sendAsMuchAsFits(whole)
                        held.append(peer)
                    }
                    return log.count(.handshakeSucceeded) > 0
                }
            }
        }

        @Test func halfOpenLimitClosesTheOldest() async throws {
            try await withLiveContext(ioThreads: 2) { context in
                let pull = try PullSocket(
                    context,
                    options: .with {
                        $0.maxPendingHandshakes = 10
                        $0.receiveTimeout = patience
                    })
                let log = Journal(pull)
                let endpoint = try pull.bindLoopback()
                var idle: [WirePeer] = []
                for count in 1...30 {
                    idle.append(try WirePeer(to: endpoint))
                    await log.wait(.accepted, count: count)
                }
                await log.wait(.handshakeFailed, count: 20, reason: "too many connections")
                for peer in idle.prefix(20) { #expect(await peer.waitForEnd() != nil) }
                // The youngest may still finish, and an honest one gets through.
                try await idle[29].shakeHands(as: "PUSH")
                try await idle[29].send(WireText.frame("in time"))
                #expect(try await pull.receive() == "in time")
                let honest = try await WirePeer.established(to: endpoint, as: "PUSH")
                try await honest.send(WireText.frame("me too"))
                #expect(try await pull.receive() == "me too")
                #expect((20..<30).contains(pull.statistics.handshakeFailures))
            }
        }

        // MARK: Statistics

        @Test func countersAddUpWhenAllIsWell() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: calm)
                let push = try PushSocket(context, options: calm)
                try push.connect(try pull.bindLoopback())
                for index in 0..<1000 {
                    try await push.send(["head", Frame([UInt8](repeating: 1, count: index))])
                }
                for _ in 0..<1000 { _ = try await pull.receive() }
                let (sent, received) = (push.statistics, pull.statistics)
                #expect(sent.messagesSent == 1000 && received.messagesReceived == 1000)
                #expect(sent.bytesSent == 4000 + 499_500)
                #expect(received.bytesReceived > sent.bytesSent)
                #expect(sent.totalDropped == 0 && received.totalDropped == 0)
                #expect(sent.connections == 1 && received.connections == 1)
            }
        }

        @Test func countersAddUpAtAnyEnd() async throws {
            try await withLiveContext { context in
                for situation in 0..<4 {
                    let pull = try PullSocket(context, options: calm)
                    let push = try PushSocket(
                        context,
                        options: .with {
                            $0.sendHighWaterMark = 50
                            $0.sendBuffer = 4096
                            $0.reconnectInterval = .milliseconds(20)
                        })
                    let endpoint = try push.bindLoopback()
                    try pull.connect(endpoint)
                    await expectSoon("it is there") { push.statistics.peers == 1 }
                    var accepted = 0
                    while accepted < 500,
                        try push.trySend(Message([UInt8](repeating: 1, count: 3000)))
                    {
                        accepted += 1
                    }
                    for _ in 0..<5 { _ = try await pull.receive() }
                    switch situation {
                    case 0: await push.close(linger: .zero)
                    case 1: await push.close()
                    case 2: await pull.close(linger: .zero)
                    default: try pull.disconnect(endpoint)
                    }
                    #expect(push.statistics.messagesSent == UInt64(accepted))
                    if situation == 1 {
                        for _ in 5..<accepted { _ = try await pull.receive() }
                        #expect(pull.statistics.messagesReceived == UInt64(accepted))
                    }
                    await push.close(linger: .zero)
                    await pull.close(linger: .zero)
                    let (sent, received) = (push.statistics, pull.statistics)
                    // What is on neither side was in the kernel's hands when the connection broke.
                    let known =
                        received.messagesReceived + received.totalDropped + sent.totalDropped
                    #expect(
                        known <= UInt64(accepted) + 1, "situation \(situation): \(sent) \(received)"
                    )
                    if situation == 1 { #expect(known == UInt64(accepted)) }
                    #expect(sent.peers == 0 && received.peers == 0)
                }
            }
        }

        // MARK: Other descriptors

        @Test func eventSourceWatchesAPipe() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let writer = try WirePeer(to: listener.endpoint)
                let reader = try await listener.accept()
                let source = EventSource(
                    fileDescriptor: reader.descriptor, on: context.ioThreads[0])
                let iterator = source.makeAsyncIterator()
                for index in 0..<20 {
                    try await writer.send([UInt8(index)])
                    #expect(await iterator.next() != nil)
                    #expect(try await reader.receive(1) == [UInt8(index)])
                }
                writer.close()
                #expect(await iterator.next() != nil)
                let waiting = Task {
                    let iterator = EventSource(
                        fileDescriptor: listener.descriptor, on: context.ioThreads[0]
                    ).makeAsyncIterator()
                    return await iterator.next() == nil
                }
                waiting.cancel()
                #expect(await waiting.value)
            }
        }
    }
#endif
