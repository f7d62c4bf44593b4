import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct HighWaterMarkTests {
    @Test(arguments: TestTransport.allCases)
    func A9_loweringTheSendMarkBelowTheQueueTakesEffect(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let endpoint = try await transport.reservedEndpoint(context)
            let push = try PushSocket(
                context, options: options { $0.reconnectInterval = .milliseconds(10) })
            try push.connect(endpoint)
            for index in 0..<100 { try await push.send("\(index)".message) }
            try push.updateOptions { $0.sendHighWaterMark = 10 }
            #expect(try !push.trySend("over the mark"))
            // Raising it lets the waiting go on at once.
            async let waiting: Void = push.send("100")
            try await eventually("it waits") { push.waitingSenders == 1 }
            try push.updateOptions { $0.sendHighWaterMark = 1000 }
            try await waiting
            try push.updateOptions { $0.sendHighWaterMark = 1 }
            let pull = try PullSocket(context)
            try pull.bind(endpoint)
            #expect(try await pull.nextTexts(101) == (0...100).map(String.init))
            try await push.send("101")
            #expect(try await pull.next() == "101")
        }
    }

    @Test(arguments: TestTransport.allCases)
    func A9_changingTheReceiveMarkWhileMessagesWait(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let small = options {
                $0.sendHighWaterMark = 10
                $0.receiveHighWaterMark = 10
                $0.sendBuffer = 8192
                $0.receiveBuffer = 8192
            }
            let push = try PushSocket(context, options: small)
            let pull = try PullSocket(context, options: small)
            try await link(pull, push, over: transport)
            let sending = Task {
                for index in 0..<500 { try await push.send([Frame("\(index)"), bulk]) }
            }
            try await push.stalls()
            for (index, mark) in [1, 1000, 2, 0, 5].enumerated() {
                try pull.updateOptions { $0.receiveHighWaterMark = mark }
                try push.updateOptions { $0.sendHighWaterMark = mark }
                for number in 0..<100 {
                    #expect(try await pull.next()[0] == Frame("\(index * 100 + number)"))
                }
            }
            try await sending.value
        }
    }

    @Test func A9_raisingTheReceiveMarkResumesReading() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context, options: options { $0.receiveHighWaterMark = 1 })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            let push = try await RawPeer.connect(endpoint, as: "PUSH")
            // Small messages may be four.
            for index in 1...4 {
                try await push.send(["\(index)"])
                try await eventually("it is there") { pull.unreadMessages == index }
            }
            try await push.send(["one more"])
            #expect(pull.readingIsPaused)
            try pull.updateOptions { $0.receiveHighWaterMark = 1000 }
            try await eventually("reading goes on") { pull.unreadMessages == 5 }
        }
    }

    @Test(arguments: TestTransport.allCases, [1, 10, 1000])
    func BI_R28_theQueueOfAnAbsentPeerHoldsTheMarkExactly(
        _ transport: TestTransport, _ mark: Int
    ) async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: options { $0.sendHighWaterMark = mark })
            try push.connect(try await transport.reservedEndpoint(context))
            for _ in 0..<mark { #expect(try push.trySend(["a", "b"])) }
            #expect(try !push.trySend(["a", "b"]))
            #expect(push.unsentMessages == mark)
        }
    }

    @Test func BI_R28_theByteLimitHoldsToo() async throws {
        try await withTestContext { context in
            let push = try PushSocket(
                context,
                options: options {
                    $0.sendHighWaterMark = 0
                    $0.sendByteLimit = 1 << 20
                })
            try push.connect(try await TestTransport.tcp.reservedEndpoint(context))
            let body = Message([UInt8](repeating: 1, count: 100_000))
            var count = 0
            while count < 100, try push.trySend(body) { count += 1 }
            #expect(count == 11)
        }
    }
}
