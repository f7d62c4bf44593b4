import Testing

@testable import ZeroMQ

/// A poller, or a completion port, that fails ends its context with an error, and nothing else.
@Suite(.timeLimit(.minutes(1))) struct BrokenPollerTests {
    /// A context whose I/O threads can be broken, each by itself.
    private func breakable(_ count: Int = 1) throws -> (Context, [BreakablePoller]) {
        let pollers = try (0..<count).map { _ in BreakablePoller(try System.makePoller()) }
        let threads = pollers.map { IOThread(name: "breakable", poller: $0) }
        for thread in threads { try thread.start() }
        return (Context(ContextOptions(), threads: threads, resolver: StubResolver()), pollers)
    }

    @Test(arguments: [1, 2]) func whateverWaitsEndsWithTheError(threads: Int) async throws {
        let (context, pollers) = try breakable(threads)
        let pull = try PullSocket(context)
        let push = try PushSocket(context, options: .with { $0.sendHighWaterMark = 1 })
        let lonely = try DealerSocket(context)
        let request = try RequestSocket(context)
        let reply = try ReplySocket(context)
        try push.connect(try pull.bind("tcp://127.0.0.1:*"))
        try request.connect(try reply.bind("inproc://broken"))
        try await push.send("one")
        #expect(try await pull.receive() == "one")
        let waiting: [Task<ZeroMQError.Code?, Never>] = [
            Task { await endCode { _ = try await pull.receive() } },
            Task { await endCode { try await lonely.send("to nobody") } },
            Task { await endCode { _ = try await request.request("?", timeout: .seconds(50)) } },
        ]
        let events = Task { await push.events.reduce(0) { count, _ in count + 1 } }
        try await eventually("all wait") {
            pull.waitingReceivers == 1 && lonely.waitingSenders == 1
        }
        pollers[0].breakNow()
        for task in waiting { #expect(await task.value == .system) }
        // Events end too; what was on its way is told before.
        _ = await events.value
        // Later calls say the same.
        #expect(await endCode { try await push.send("x") } == .system)
        #expect(await endCode { _ = try PullSocket(context) } == .system)
        #expect(await endCode { _ = try pull.bind("tcp://127.0.0.1:*") } == .system)
        await context.shutdown(grace: .seconds(1))
    }

    /// Sockets are closed one after the other, and one of them takes its time.
    @Test func allSayTheSameWhileTheFirstIsClosed() async throws {
        let (context, pollers) = try breakable()
        let slow = try DealerSocket(context)
        let others = try (0..<20).map { _ in try PullSocket(context) }
        let codes = try await offThread {
            slow.core.lock.withLock {
                pollers[0].breakNow()
                let end = ContinuousClock().now.advanced(by: patience)
                while context.endError == nil, ContinuousClock().now < end { System.pause() }
                return others.map { other -> ZeroMQError.Code? in
                    do throws(ZeroMQError) {
                        _ = try other.bind("tcp://127.0.0.1:*")
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
        }
        #expect(codes == Array(repeating: .system, count: others.count))
        await context.shutdown(grace: .seconds(1))
    }

    /// A connection lives on another I/O thread than its listener, and ends after that thread.
    @Test func aConnectionThatOutlivesItsListenersThreadIsClosedToo() async throws {
        let (context, pollers) = try breakable(2)
        let (broken, other) = (context.ioThreads[0], context.ioThreads[1])
        let pull = try PullSocket(context)
        // The threads take turns: the listener is on the first, its first connection on the other.
        let endpoint = try pull.bind("tcp://127.0.0.1:*")
        try await withLiveContext { peers in
            let push = try PushSocket(peers)
            try push.connect(endpoint)
            try await push.send("one")
            #expect(try await pull.receive() == "one")
            let entries = await withCheckedContinuation { continuation in
                _ = other.post { continuation.resume(returning: other.poller.entryCount) }
            }
            #expect(entries > 0, "the connection is elsewhere")
            let isHeld = other.post { broken.join() }
            #expect(isHeld)
            pollers[0].breakNow()
            await pull.close()
        }
        await context.shutdown(grace: .seconds(1))
    }

    @Test func closingAndShuttingDownReturn() async throws {
        let (context, pollers) = try breakable()
        let push = try PushSocket(context)
        try push.connect("tcp://127.0.0.1:1")
        try await push.send("for nobody")
        let closing = Task { await push.close() }
        pollers[0].breakNow()
        _ = await closing.value
        await context.shutdown(grace: .seconds(30))
        #expect(push.statistics.totalDropped == 1)
    }

    @Test func aContextOverABrokenThreadIsBornEnded() async throws {
        let poller = BreakablePoller(try System.makePoller())
        poller.breakNow()
        let thread = IOThread(name: "broken", poller: poller)
        try thread.start()
        thread.join()
        let context = Context(ContextOptions(), threads: [thread], resolver: StubResolver())
        #expect(await endCode { _ = try PullSocket(context) } == .system)
        await context.shutdown()
    }
}
