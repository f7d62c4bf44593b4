import Synchronization
import Testing

@testable import ZeroMQ

/// Threads that look for work for a while before they sleep.
@Suite(.timeLimit(.minutes(1))) struct BusyWaitTests {
    private var busy: ContextOptions {
        var options = ContextOptions()
        options.busyWait = .milliseconds(20)
        return options
    }

    @Test(arguments: [-1, 1_000_001]) func aTimeOutOfRangeIsRefused(microseconds: Int) {
        var options = ContextOptions()
        options.busyWait = .microseconds(microseconds)
        let error = #expect(throws: ZeroMQError.self) { _ = try Context(options) }
        #expect(error?.code == .invalidOption)
    }

    @Test(arguments: [TestTransport.tcp, .inproc]) func roundTripsGoOnAsEver(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext(busy) { context in
            let (reply, request) = (try ReplySocket(context), try RequestSocket(context))
            try await link(reply, request, over: transport)
            async let answering: Void = offThread {
                for _ in 0..<500 { try reply.sendBlocking(reply.receiveBlocking()) }
            }
            try await offThread {
                for index in 0..<500 {
                    try request.sendBlocking(Message("\(index)"))
                    #expect(try request.receiveBlocking() == Message("\(index)"))
                }
            }
            try await answering
        }
    }

    @Test func itSleepsAtLastAndIsWokenThen() async throws {
        let poller = BreakablePoller(try System.makePoller())
        let thread = IOThread(name: "busy", poller: poller, busyWait: .milliseconds(1))
        try thread.start()
        for round in 1...5 {
            try await eventually("it sleeps") { poller.sleeps.load(ordering: .relaxed) >= round }
            await withCheckedContinuation { continuation in
                #expect(thread.post { continuation.resume() })
            }
        }
        thread.stop()
        try await offThread { thread.join() }
    }

    /// Whoever looks for work and takes the wake-up must not miss what it was for.
    @Test func itEndsWhenToldSoWhileItLooksForWork() async throws {
        let poller = BreakablePoller(try System.makePoller())
        let thread = IOThread(name: "busy", poller: poller, busyWait: .milliseconds(50))
        poller.onLook.withLock { $0 = { [weak thread] in thread?.stop() } }
        try thread.start()
        try await offThread { thread.join() }
        #expect(poller.sleeps.load(ordering: .relaxed) == 0)
    }

    @Test func whoLooksForAMessageSeesTheTimeoutAndTheEnd() async throws {
        try await withTestContext(busy) { context in
            let pull = try PullSocket(context)
            let code = try await offThread {
                #expect(throws: ZeroMQError.self) {
                    _ = try pull.receiveBlocking(timeout: .milliseconds(5))
                }?.code
            }
            #expect(code == .timedOut)
            async let ended = offThread {
                #expect(throws: ZeroMQError.self) { _ = try pull.receiveBlocking() }?.code
            }
            await pull.close()
            #expect(try await ended == .closed)
        }
    }
}
