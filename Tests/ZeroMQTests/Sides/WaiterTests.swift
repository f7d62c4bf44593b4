import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct WaiterTests {
    @Test func aDeadlineThatPassesBehindASignalEndsTheNextWait() async {
        let waiter = Waiter()
        waiter.wake()
        waiter.wake(.timedOut)
        #expect(await waiter.suspend() == .signalled)
        #expect(await waiter.suspend() == .timedOut)
    }

    @Test func aSignalBehindADeadlineIsNotCountedTwice() async {
        let waiter = Waiter()
        waiter.wake(.timedOut)
        waiter.wake()
        #expect(await waiter.suspend() == .timedOut)
    }

    @Test func manyWhoAreSignalledInVainAllTimeOut() async throws {
        let context = try Context()
        var options = SocketOptions()
        options.receiveTimeout = .milliseconds(2)
        let pull = try PullSocket(context, options: options)
        let push = try PushSocket(context)
        try pull.bind("inproc://in-vain")
        try push.connect("inproc://in-vain")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    for _ in 0..<100 {
                        do throws(ZeroMQError) {
                            _ = try await pull.receive()
                        } catch {
                            guard error.code == .timedOut else { throw error }
                        }
                    }
                }
            }
            group.addTask { for _ in 0..<300 { try await push.send("x") } }
            // Each of the six ends: that is what is tested.
            try await group.waitForAll()
        }
        await context.shutdown()
    }
}
