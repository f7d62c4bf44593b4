import Synchronization
import Testing

@testable import ZeroMQ

/// A count that many tasks raise.
private final class Tally: Sendable {
    private let count = Atomic<Int>(0)

    var value: Int { count.load(ordering: .relaxed) }

    func addOne() {
        count.add(1, ordering: .relaxed)
    }
}

@Suite(.timeLimit(.minutes(1))) struct ConcurrencyTests {
    @Test(arguments: TestTransport.allCases)
    func X10_manyTasksShareASocket(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let small = options {
                $0.sendHighWaterMark = 50
                $0.receiveHighWaterMark = 50
            }
            let push = try PushSocket(context, options: small)
            let pull = try PullSocket(context, options: small)
            try await link(pull, push, over: transport)
            let senders = 64
            let each = 100
            let received = Tally()
            try await withThrowingTaskGroup { group in
                for sender in 0..<senders {
                    group.addTask {
                        for number in 0..<each {
                            try await push.send([Frame("\(sender)"), Frame("\(number)"), "end"])
                        }
                    }
                }
                for _ in 0..<8 {
                    group.addTask {
                        // What one task sends comes to one receiver in the order it was sent.
                        var last: [Frame: Int] = [:]
                        for try await message in pull.messages {
                            let number = Int(message[1].string ?? "") ?? -1
                            #expect(message.count == 3 && message[2] == "end")
                            #expect(number > last[message[0], default: -1])
                            last[message[0]] = number
                            received.addOne()
                        }
                    }
                }
                for changer in 0..<4 {
                    group.addTask {
                        for round in 0..<50 {
                            let mark = 1 + (round + changer) % 60
                            try push.updateOptions { $0.sendHighWaterMark = mark }
                            // The socket may be closed by then.
                            try? pull.updateOptions { $0.receiveHighWaterMark = mark }
                            await Task.yield()
                        }
                    }
                }
                group.addTask {
                    try await eventually("all have arrived", within: .seconds(45)) {
                        received.value == senders * each
                    }
                    await pull.close()
                }
                try await group.waitForAll()
            }
            #expect(received.value == senders * each)
            #expect(push.statistics.messagesSent == UInt64(senders * each))
            #expect(pull.statistics.messagesReceived == UInt64(senders * each))
        }
    }

    @Test(arguments: TestTransport.allCases)
    func X10_aSocketIsClosedInTheMiddleOfEverything(_ transport: TestTransport) async throws {
        for _ in 0..<2 {
            try await withTestContext { context in
                let left = try DealerSocket(context)
                let right = try DealerSocket(context)
                try await link(left, right, over: transport)
                let passed = Tally()
                await withTaskGroup { group in
                    for _ in 0..<64 {
                        group.addTask {
                            while (try? await left.send(["a", "b"])) != nil {
                                await Task.yield()
                            }
                        }
                    }
                    for _ in 0..<8 {
                        group.addTask {
                            while let message = try? await right.receive() {
                                #expect(message == ["a", "b"])
                                passed.addOne()
                            }
                        }
                    }
                    for _ in 0..<4 {
                        group.addTask {
                            while (try? left.updateOptions { $0.linger = .zero }) != nil {
                                await Task.yield()
                            }
                        }
                    }
                    group.addTask {
                        try? await eventually("traffic") {
                            passed.value > 100
                        }
                        await left.close(linger: .zero)
                        await right.close(linger: .zero)
                    }
                    await group.waitForAll()
                }
                #expect(passed.value > 100)
            }
        }
    }

    @Test func X10_blockingThreadsAndTasksMix() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: options { $0.sendHighWaterMark = 10 })
            let pull = try PullSocket(context, options: options { $0.receiveHighWaterMark = 10 })
            try await link(pull, push, over: .tcp)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        try await offThread {
                            for _ in 0..<500 { try push.sendBlocking("x") }
                            return 0
                        }
                    }
                    group.addTask {
                        for _ in 0..<500 { try await push.send("x") }
                        return 0
                    }
                    group.addTask {
                        try await offThread {
                            var count = 0
                            while (try? pull.receiveBlocking()) != nil { count += 1 }
                            return count
                        }
                    }
                    group.addTask {
                        var count = 0
                        for try await _ in pull.messages { count += 1 }
                        return count
                    }
                }
                group.addTask {
                    try await eventually("all have arrived") {
                        pull.statistics.messagesReceived == 2000
                    }
                    await pull.close()
                    return 0
                }
                var total = 0
                for try await count in group { total += count }
                #expect(total == 2000)
            }
        }
    }

    // MARK: From inside

    @Test(arguments: TestTransport.wired)
    func X15_bindingAndConnectingWhileListeningToEvents(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            let events = pull.events
            let first = try pull.bind(transport.freshEndpoint)
            let watching = Task {
                var bound = 0
                for await event in events where event.kind == .handshakeSucceeded {
                    bound += 1
                    if bound == 3 { break }
                    let next = try pull.bind(transport.freshEndpoint)
                    try push.connect(next)
                }
                await pull.close(linger: .zero)
                return bound
            }
            try push.connect(first)
            #expect(try await watching.value == 3)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func X15_closingInsideAReceiveLoop(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try await link(pull, push, over: transport)
            for _ in 0..<10 { try await push.send("x") }
            var count = 0
            for try await _ in pull.messages {
                count += 1
                if count == 3 { await pull.close(linger: .zero) }
            }
            #expect(count == 3)
        }
    }

    @Test func X15_X10_serviceOnTheIOThread() async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let request = try RequestSocket(context)
            try await link(reply, request, over: .tcp)
            let service = Task(executorPreference: context.ioThreads[0]) {
                for try await question in reply.messages { try await reply.send(question) }
            }
            for index in 0..<200 {
                let text = "\(index)".message
                #expect(try await request.request(text) == text)
            }
            await reply.close(linger: .zero)
            try await service.value
        }
    }

    // MARK: What a type does not offer

    @Test func X9_theTypeErasedSocketRefusesWhatItsTypeDoesNotDo() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context)
            let pull = try PullSocket(context)
            let publisher = try PublisherSocket(context)
            let subscriber = try SubscriberSocket(context)
            #expect(await thrownCode { _ = try push.core.tryReceive() } == .unsupported)
            #expect(await thrownCode { _ = try await publisher.core.receive() } == .unsupported)
            #expect(await thrownCode { _ = try pull.core.trySend("x") } == .unsupported)
            #expect(await thrownCode { try await subscriber.core.send("x") } == .unsupported)
            #expect(
                await thrownCode { try push.core.setSubscription([], isWanted: true) }
                    == .unsupported)
        }
    }
}
