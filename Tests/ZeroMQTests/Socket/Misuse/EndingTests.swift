import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct EndingTests {
    @Test(arguments: TestTransport.allCases)
    func X1_everyUseAfterCloseThrowsClosed(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context)
            let other = try DealerSocket(context)
            let endpoint = try await link(dealer, other, over: transport)
            await dealer.close(linger: .zero)
            #expect(await thrownCode { try await dealer.send("x") } == .closed)
            #expect(await thrownCode { try await dealer.send([1]) } == .closed)
            #expect(await thrownCode { _ = try dealer.trySend("x") } == .closed)
            #expect(await thrownCode { _ = try await dealer.receive() } == .closed)
            #expect(await thrownCode { _ = try dealer.tryReceive() } == .closed)
            #expect(await thrownCode { try dealer.bind(transport.freshEndpoint) } == .closed)
            #expect(await thrownCode { try dealer.connect(endpoint) } == .closed)
            #expect(await thrownCode { try dealer.unbind(endpoint) } == .closed)
            #expect(await thrownCode { try dealer.disconnect(endpoint) } == .closed)
            #expect(await thrownCode { try dealer.updateOptions { $0.linger = .zero } } == .closed)
            var messages = 0
            for try await _ in dealer.messages { messages += 1 }
            var events = 0
            for await _ in dealer.events { events += 1 }
            #expect(messages == 0 && events == 0)
            _ = dealer.statistics
            _ = dealer.options
            _ = dealer.lastEndpoint
        }
    }

    @Test func X1_theOtherTypesToo() async throws {
        try await withTestContext { context in
            let subscriber = try SubscriberSocket(context)
            let publisher = try XPublisherSocket(context)
            let request = try RequestSocket(context)
            await subscriber.close()
            await publisher.close()
            await request.close()
            #expect(await thrownCode { try subscriber.subscribe("x") } == .closed)
            #expect(await thrownCode { try subscriber.unsubscribe("x") } == .closed)
            #expect(await thrownCode { try await publisher.waitForSubscribers() } == .closed)
            #expect(await thrownCode { try await publisher.send("x") } == .closed)
            #expect(await thrownCode { _ = try await request.request("x") } == .closed)
        }
    }

    @Test func X1_closingTwiceAndAtTheSameTimeIsHarmless() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context)
            let pull = try PullSocket(context)
            try await link(pull, push, over: .tcp)
            await withTaskGroup { group in
                for _ in 0..<20 { group.addTask { _ = await push.close(linger: .zero) } }
                for _ in 0..<4 {
                    group.addTask {
                        _ = try? await offThread { push.closeBlocking(linger: .zero) }
                    }
                }
            }
            let report = await push.close()
            #expect(await push.close() == report)
        }
    }

    @Test func X1_aSocketOfATerminatedContextThrowsTerminated() async throws {
        let context = try Context()
        let push = try PushSocket(context)
        await context.shutdown(grace: .zero)
        #expect(await thrownCode { _ = try PullSocket(context) } == .terminated)
        #expect(await thrownCode { try await push.send("x") } == .terminated)
        #expect(await thrownCode { try push.connect("tcp://127.0.0.1:9") } == .terminated)
        await push.close()
        await context.shutdown()
    }

    // MARK: Those who wait

    @Test(arguments: [true, false])
    func X1_X2_allWhoWaitAreResumedExactlyOnce(_ shutsDown: Bool) async throws {
        let context = try Context()
        let expected: ZeroMQError.Code = shutsDown ? .terminated : .closed
        let push = try PushSocket(context)
        let pull = try PullSocket(context)
        let publisher = try PublisherSocket(context)
        let codes = try await withThrowingTaskGroup(of: ZeroMQError.Code?.self) { group in
            for _ in 0..<50 {
                group.addTask { await thrownCode { try await push.send("x") } }
                group.addTask { await thrownCode { _ = try await pull.receive() } }
                group.addTask { await thrownCode { try await publisher.waitForSubscribers() } }
            }
            for _ in 0..<5 {
                group.addTask {
                    try await offThread { Self.blockedCode { try push.sendBlocking("x") } }
                }
                group.addTask {
                    try await offThread { Self.blockedCode { _ = try pull.receiveBlocking() } }
                }
            }
            try await eventually("all wait") {
                push.waitingSenders == 55 && pull.waitingReceivers == 55
                    && publisher.waitingSenders == 50
            }
            if shutsDown {
                await context.shutdown(grace: .zero)
            } else {
                await push.close()
                await pull.close()
                await publisher.close()
            }
            var codes: [ZeroMQError.Code?] = []
            for try await code in group { codes.append(code) }
            return codes
        }
        #expect(codes.count == 160)
        #expect(codes.allSatisfy { $0 == expected })
        await context.shutdown(grace: .zero)
    }

    private static func blockedCode(_ body: () throws -> Void) -> ZeroMQError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? ZeroMQError)?.code
        }
    }

    @Test func X2_sequencesEndWhenTheContextDoes() async throws {
        let context = try Context()
        let pull = try PullSocket(context)
        let reading = Task {
            var count = 0
            for try await _ in pull.messages { count += 1 }
            return count
        }
        let watching = Task {
            var count = 0
            for await _ in pull.events { count += 1 }
            return count
        }
        try await eventually("it waits") { pull.waitingReceivers == 1 }
        await context.shutdown()
        #expect(try await reading.value == 0)
        _ = await watching.value
    }

    // MARK: Dropped sockets, kept messages

    @Test(arguments: TestTransport.allCases)
    func X12_aDroppedSocketClosesInTheBackground(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            var push: PushSocket? = try PushSocket(context)
            if let push { try await link(pull, push, over: transport) }
            weak let core = push?.core
            try await push?.send("last words")
            push = nil
            #expect(try await pull.next() == "last words")
            try await eventually("the peer is gone") { pull.statistics.peers == 0 }
            try await eventually("its memory is free") { core == nil }
        }
    }

    @Test func X12_shutdownReturnsInSpiteOfDroppedSockets() async throws {
        let context = try Context()
        for _ in 0..<20 {
            let push = try PushSocket(context)
            try push.connect("tcp://127.0.0.1:9")
            try await push.send("never read")
        }
        let start = ContinuousClock().now
        await context.shutdown(grace: .milliseconds(100))
        #expect(ContinuousClock().now - start < .seconds(10))
    }

    @Test(arguments: TestTransport.allCases)
    func X12_nothingIsLeftOfAContextThatWasShutDown(_ transport: TestTransport) async throws {
        weak var freed: Context?
        do {
            let context = try Context()
            freed = context
            let router = try RouterSocket(context)
            let dealer = try DealerSocket(context)
            let publisher = try XPublisherSocket(context)
            let subscriber = try SubscriberSocket(context)
            let reply = try ReplySocket(context)
            let request = try RequestSocket(context)
            try subscriber.subscribe("")
            try await link(router, dealer, over: transport)
            try await link(publisher, subscriber, over: transport)
            try await link(reply, request, over: transport)
            try dealer.connect(try await transport.reservedEndpoint(context))
            try await request.send("unanswered")
            try await dealer.send("unread")
            await context.shutdown(grace: .zero)
        }
        try await eventually("its memory is free") { freed == nil }
    }

    @Test(arguments: TestTransport.allCases)
    func X17_messagesOutliveSocketAndContext(_ transport: TestTransport) async throws {
        let sent: [Message] = [
            "small", Message([UInt8](repeating: 3, count: 1000)), Message([bulk, "", bulk]),
            Message([UInt8](repeating: 4, count: 3 << 20)),
        ]
        var kept: [Message] = []
        do {
            let context = try Context()
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try await link(pull, push, over: transport)
            for message in sent {
                try await push.send(message)
                kept.append(try await pull.next())
            }
            await context.shutdown(grace: .zero)
        }
        #expect(kept == sent)
    }

    @Test(arguments: TestTransport.allCases, [10, 100_000])
    func X18_borrowedBytesAreCopiedBeforeSendReturns(
        _ transport: TestTransport, _ count: Int
    ) async throws {
        try await withTestContext { context in
            let endpoint = try await transport.reservedEndpoint(context)
            let push = try PushSocket(
                context, options: options { $0.reconnectInterval = .milliseconds(10) })
            try push.connect(endpoint)
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
            memory.initializeMemory(as: UInt8.self, repeating: 7)
            try await push.send(UnsafeRawBufferPointer(memory))
            #expect(try push.trySend(UnsafeRawBufferPointer(memory)))
            memory.initializeMemory(as: UInt8.self, repeating: 9)
            memory.deallocate()
            let pull = try PullSocket(context)
            try pull.bind(endpoint)
            for _ in 0..<2 {
                #expect(try await pull.next().array == [UInt8](repeating: 7, count: count))
            }
        }
    }
}
