import Testing

@testable import ZeroMQ

/// Sockets under many hands.
@Suite(.timeLimit(.minutes(1))) struct LoadTests {
    private let calm = SocketOptions.with {
        $0.reconnectInterval = .milliseconds(20)
        $0.receiveTimeout = patience
        $0.sendTimeout = patience
    }

    /// Which numbers have arrived, and how often.
    private final class Tally: @unchecked Sendable {
        // Guarded by the lock, which the thread sanitizer understands.
        private let lock = Lock()
        private var counts: [Int]

        init(_ count: Int) {
            counts = Array(repeating: 0, count: count)
        }

        func note(_ message: Message) {
            if let number = message.string.flatMap({ Int($0) }) { note(number) }
        }

        func note(_ number: Int) {
            lock.withLock { if counts.indices.contains(number) { counts[number] += 1 } }
        }

        var total: Int { lock.withLock { counts.reduce(0, +) } }
        func numbers(where wanted: (Int) -> Bool) -> [Int] {
            lock.withLock { counts.indices.filter { wanted(counts[$0]) } }
        }
    }

    @Test func cancelledReceivesLoseNothing() async throws {
        try await withLiveContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context, options: calm)
            try push.connect(try pull.bindLoopback())
            let count = 5000
            let tally = Tally(count)
            let sending = Task {
                for index in 0..<count {
                    try await push.send(Message("\(index)"))
                    if index % 16 == 0 { await Task.yield() }
                }
            }
            var random = SplitMix64(seed: 1)
            var cancellations = 0
            while tally.total < count {
                let tasks = (0..<4).map { _ in
                    Task { tally.note(try await pull.receive()) }
                }
                for task in tasks {
                    for _ in 0..<Int.random(in: 0...3, using: &random) { await Task.yield() }
                    task.cancel()
                    cancellations += 1
                }
                for task in tasks { _ = await task.result }
            }
            try await sending.value
            #expect(tally.numbers { $0 != 1 } == [])
            #expect(try pull.tryReceive() == nil)
            #expect(pull.statistics.messagesReceived == UInt64(count))
            #expect(cancellations >= count / 4)
        }
    }

    @Test func cancelledSendsAreAllOrNothing() async throws {
        try await withLiveContext { context in
            let pull = try PullSocket(context, options: .with { $0.receiveHighWaterMark = 4 })
            let push = try PushSocket(
                context,
                options: .with {
                    $0.sendHighWaterMark = 4
                    $0.sendBuffer = 4096
                })
            try push.connect(try pull.bindLoopback())
            let count = 10_000
            let tally = Tally(count)
            let accepted = Tally(count)
            let receiving = Task {
                while !Task.isCancelled {
                    guard let message = try? await pull.receive() else { return }
                    tally.note(message)
                }
            }
            var random = SplitMix64(seed: 2)
            let filler = String(repeating: " ", count: 2000)
            for start in stride(from: 0, to: count, by: 20) {
                let tasks = (start..<(start + 20)).map { number in
                    Task {
                        try await push.send([Frame("\(number)"), Frame(filler)])
                        accepted.note(number)
                    }
                }
                for task in tasks where Bool.random(using: &random) {
                    if Bool.random(using: &random) { await Task.yield() }
                    task.cancel()
                }
                for task in tasks { _ = await task.result }
            }
            let expected = accepted.numbers { $0 == 1 }
            await expectSoon("all that were accepted arrive") { tally.total >= expected.count }
            receiving.cancel()
            await receiving.value
            #expect(tally.numbers { $0 == 1 } == expected)
            #expect(tally.numbers { $0 > 1 } == [])
            #expect(push.statistics.messagesSent == UInt64(expected.count))
        }
    }

    @Test(arguments: [1, 2, 4])
    func sixtyFourTasksOnOneSocket(ioThreads: Int) async throws {
        try await withLiveContext(ioThreads: ioThreads) { context in
            let pull = try PullSocket(context, options: calm)
            let push = try PushSocket(context, options: calm)
            let endpoint = try pull.bindLoopback()
            try push.connect(endpoint)
            try push.connect(endpoint)
            let (tasks, each) = (64, 100)
            let tally = Tally(tasks * each)
            await withTaskGroup(of: ZeroMQError.Code?.self) { group in
                for task in 0..<tasks {
                    group.addTask {
                        await endCode {
                            for index in 0..<each {
                                try await push.send(Message("\(task * each + index)"))
                            }
                        }
                    }
                    group.addTask {
                        await endCode { for _ in 0..<each { tally.note(try await pull.receive()) } }
                    }
                }
                for await code in group { #expect(code == nil) }
            }
            #expect(tally.numbers { $0 != 1 } == [])
            #expect(push.statistics.messagesSent == UInt64(tasks * each))
            #expect(pull.statistics.messagesReceived == UInt64(tasks * each))
        }
    }

    @Test(arguments: [2, 4])
    func twoIOThreadsShareTheWork(ioThreads: Int) async throws {
        try await withLiveContext(ioThreads: ioThreads) { context in
            let router = try RouterSocket(context, options: calm)
            let endpoint = try router.bindLoopback()
            let serving = Task {
                while let message = try? await router.receive() { try await router.send(message) }
            }
            await withTaskGroup(of: ZeroMQError.Code?.self) { group in
                for client in 0..<12 {
                    let calm = calm
                    group.addTask {
                        await endCode {
                            for round in 0..<5 {
                                let dealer = try DealerSocket(context, options: calm)
                                try dealer.connect(endpoint)
                                for index in 0..<20 {
                                    let message = Message("\(client) \(round) \(index)")
                                    try await dealer.send(message)
                                    #expect(try await dealer.receive() == message)
                                }
                                await dealer.close()
                            }
                        }
                    }
                }
                for await code in group { #expect(code == nil) }
            }
            await router.close(linger: .zero)
            _ = await serving.result
        }
    }

    @Test func churnUnderTwoIOThreadsLosesNothingAtClose() async throws {
        try await withLiveContext(ioThreads: 2) { context in
            let pull = try PullSocket(context, options: calm)
            let endpoint = try pull.bindLoopback()
            for round in 0..<200 {
                let push = try PushSocket(context, options: calm)
                try push.connect(endpoint)
                try await push.send(Message("\(round)"))
                #expect(await push.close().discarded == 0)
                #expect(try await pull.receive() == Message("\(round)"))
            }
        }
    }

    // MARK: Tasks on the I/O thread

    @Test func tasksLiveOnTheIOThread() async throws {
        try await withLiveContext { context in
            let reply = try ReplySocket(context, options: calm)
            let request = try RequestSocket(context, options: calm)
            let thread = context.ioThreads[0]
            try request.connect(try reply.bindLoopback())
            let serving = Task(executorPreference: thread) {
                var count = 0
                while let question = try? await reply.receive() {
                    #expect(thread.isCurrent)
                    try await reply.send(question)
                    count += 1
                }
                return count
            }
            for index in 0..<200 {
                #expect(try await request.request(Message("\(index)")) == Message("\(index)"))
            }
            await reply.close(linger: .zero)
            #expect(try await serving.value == 200)
        }
    }

    @Test func wholeLifeOnTheIOThread() async throws {
        try await withLiveContext { context in
            let calm = calm
            let code = await Task(executorPreference: context.ioThreads[0]) {
                await endCode {
                    for _ in 0..<20 {
                        let pull = try PullSocket(context, options: calm)
                        let push = try PushSocket(context, options: calm)
                        let endpoint = try pull.bindLoopback()
                        try push.connect(endpoint)
                        try await push.send("here")
                        #expect(try await pull.receive() == "here")
                        try push.disconnect(endpoint)
                        try pull.unbind(endpoint)
                        await push.close()
                        await pull.close()
                    }
                }
            }.value
            #expect(code == nil)
        }
    }
}
