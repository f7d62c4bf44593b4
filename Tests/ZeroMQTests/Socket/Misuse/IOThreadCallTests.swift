import Testing

@testable import ZeroMQ

/// Calls that block a thread, made by tasks on an I/O thread: it must not wait for itself.
@Suite(.timeLimit(.minutes(1))) struct IOThreadCallTests {
    /// Runs `body` on an I/O thread of the context.
    private func onIOThread<R: Sendable>(
        _ context: Context, _ index: Int = 0, _ body: @escaping @Sendable () throws -> R
    ) async throws -> R {
        try await Task(executorPreference: context.ioThreads[index]) { try body() }.value
    }

    @Test func waitingThrows() async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context)
            let other = try DealerSocket(context, options: options { $0.receiveHighWaterMark = 1 })
            let request = try RequestSocket(context)
            try request.connect("tcp://127.0.0.1:1")
            try await link(dealer, other, over: .tcp)
            let codes = try await onIOThread(context) {
                // A queue and what the kernel holds are full soon.
                let large = Message([UInt8](repeating: 0, count: 10_000))
                var codes: [ZeroMQError.Code?] = []
                func note(_ body: () throws(ZeroMQError) -> Void) {
                    do { try body() } catch { codes.append(error.code) }
                }
                // None of these has a time to return at.
                note { () throws(ZeroMQError) in _ = try dealer.receiveBlocking() }
                note { () throws(ZeroMQError) in _ = try request.requestBlocking("x") }
                note { () throws(ZeroMQError) in
                    while true { try dealer.sendBlocking(large) }
                }
                return codes
            }
            #expect(codes == [.wrongState, .wrongState, .wrongState])
            // What need not wait goes on as ever.
            try await other.send("x")
            try await eventually("it has arrived") { dealer.unreadMessages == 1 }
            #expect(try await onIOThread(context) { try dealer.receiveBlocking() } == "x")
        }
    }

    @Test func closingBegins() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context)
            try push.connect("tcp://127.0.0.1:1")
            #expect(try push.trySend("never leaves"))
            let report = try await onIOThread(context) { push.closeBlocking(linger: .seconds(60)) }
            #expect(report == CloseReport(flushed: 0, discarded: 0))
            #expect(await thrownCode { try await push.send("x") } == .closed)
            // Once more can only shorten it.
            _ = try await onIOThread(context) { push.closeBlocking(linger: .zero) }
            #expect(await push.close() == CloseReport(flushed: 0, discarded: 1))
        }
    }

    @Test func unbindingDoesNotWaitForAnotherThread() async throws {
        var two = ContextOptions()
        two.ioThreads = 2
        try await withTestContext(two) { context in
            let pull = try PullSocket(context)
            for _ in 0..<4 {
                let endpoint = try pull.bind("tcp://127.0.0.1:*")
                try await onIOThread(context) { try pull.unbind(endpoint) }
                try await eventually("the port is free") {
                    (try? PullSocket(context).bind(endpoint)) != nil
                }
            }
        }
    }

    @Test(arguments: [true, false]) func shutdownBegins(_ hasSockets: Bool) async throws {
        let context = try Context()
        var sockets: [PushSocket] = []
        if hasSockets {
            let push = try PushSocket(context)
            try push.connect("tcp://127.0.0.1:1")
            #expect(try push.trySend("never leaves"))
            sockets = [push]
        }
        let report = try await onIOThread(context) {
            context.shutdownBlocking(grace: .milliseconds(100))
        }
        #expect(report.sockets == sockets.count)
        #expect(await thrownCode { _ = try PushSocket(context) } == .terminated)
        // The thread ends by itself, with the last socket.
        try await offThread { context.ioThreads[0].join() }
        for socket in sockets { #expect(socket.dropped(.lingerExpired) == 1) }
        await context.shutdown(grace: .zero)
    }

    @Test func shutdownElsewhereKeepsItsDeadline() async throws {
        let context = try Context()
        let push = try PushSocket(context)
        try push.connect("tcp://127.0.0.1:1")
        #expect(try push.trySend("never leaves"))
        _ = try await onIOThread(context) { push.closeBlocking(linger: nil) }
        let report = await context.shutdown(grace: .milliseconds(50))
        #expect((report.sockets, report.discarded) == (1, 1))
    }
}
