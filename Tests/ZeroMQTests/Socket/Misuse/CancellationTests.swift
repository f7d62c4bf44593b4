import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct CancellationTests {
    @Test(arguments: TestTransport.allCases)
    func X3_aCancelledSendHasSentNothing(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: options { $0.sendHighWaterMark = 1 })
            let endpoint = try await transport.reservedEndpoint(context)
            try push.updateOptions { $0.reconnectInterval = .milliseconds(10) }
            try push.connect(endpoint)
            try await push.send("first")
            let task = Task { await thrownCode { try await push.send(["never", "sent"]) } }
            try await eventually("it waits") { push.waitingSenders == 1 }
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(push.waitingSenders == 0)
            let pull = try PullSocket(context)
            try pull.bind(endpoint)
            try await push.send("second")
            #expect(try await pull.nextTexts(2) == ["first", "second"])
            #expect(push.statistics.messagesSent == 2)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func X3_aCancelledReceiveLosesNothing(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try await link(pull, push, over: transport)
            let task = Task { await thrownCode { _ = try await pull.receive() } }
            try await eventually("it waits") { pull.waitingReceivers == 1 }
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(pull.waitingReceivers == 0)
            try await push.send("still there")
            #expect(try await pull.next() == "still there")
        }
    }

    @Test func X3_aTaskCancelledBeforeItWaitsThrowsToo() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            let codes = await Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return [
                    await thrownCode { _ = try await pull.receive() },
                    await thrownCode { try await push.send("x") },
                ]
            }.value
            #expect(codes == [.cancelled, .cancelled])
            var count = 0
            let reading = Task {
                for try await _ in pull.messages { count += 1 }
                return count
            }
            reading.cancel()
            #expect(try await reading.value == 0)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func X3_nothingIsLostOrDoubledUnderRandomCancellation(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(
                context, options: options { $0.sendHighWaterMark = 5 })
            try await link(pull, push, over: transport)
            let total = 3000
            async let sent = Self.sendWithCancellations(total, push)
            var received: [Int] = []
            var generator = SystemRandomNumberGenerator()
            while received.count < total {
                let task = Task { try await pull.receive() }
                if Bool.random(using: &generator) {
                    await Task.yield()
                    task.cancel()
                }
                if let number = Int((try? await task.value)?.string ?? "") {
                    received.append(number)
                }
            }
            #expect(try await sent == total)
            #expect(received == Array(0..<total))
            #expect(try pull.tryReceive() == nil)
        }
    }

    /// Sends the numbers in order; a send that was cancelled is tried again.
    private static func sendWithCancellations(
        _ total: Int, _ push: PushSocket
    ) async throws -> Int {
        var next = 0
        while next < total {
            let number = next
            let task = Task { try await push.send(Message("\(number)")) }
            if number % 3 == 0 {
                await Task.yield()
                task.cancel()
            }
            do {
                try await task.value
                next += 1
            } catch let error as ZeroMQError where error.code == .cancelled {}
        }
        return next
    }

    @Test func X11_aFloodOfCancelledReceiversLeavesNothingBehind() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try await link(pull, push, over: .tcp)
            let count = 20_000
            let messages = 500
            let tasks = (0..<count).map { _ in
                Task { try? await pull.receive().string }
            }
            try await eventually("all wait", within: .seconds(40)) {
                pull.waitingReceivers == count
            }
            var generator = SystemRandomNumberGenerator()
            let order = (0..<count).shuffled(using: &generator)
            for index in order.prefix(count - messages) { tasks[index].cancel() }
            for index in 0..<messages { try await push.send("\(index)".message) }
            // One that was cancelled may still have taken a message that came at that moment.
            try await eventually("all are taken") {
                pull.statistics.messagesReceived == messages
            }
            for task in tasks { task.cancel() }
            var seen: Set<String> = []
            for task in tasks { if let text = await task.value { seen.insert(text) } }
            #expect(seen.count == messages)
            #expect(pull.waitingReceivers == 0)
            #expect(try pull.tryReceive() == nil)
        }
    }

    @Test func X3_receiveTimeoutsAndCancellationsDoNotSwallowAWakeUp() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try await link(pull, push, over: .inproc)
            for round in 0..<500 {
                // One of the two is cancelled at the moment when the only message comes.
                let fickle = Task { try? await pull.receive() }
                let steady = Task { try? await pull.receive() }
                try await eventually("both wait") { pull.waitingReceivers == 2 }
                async let sending: Void = push.send("\(round)".message)
                fickle.cancel()
                try await sending
                if await fickle.value != nil {
                    try await push.send("for the steady")
                }
                #expect(await steady.value != nil)
            }
        }
    }
}
