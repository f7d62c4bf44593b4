import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct PipelineTests {
    private let small = options {
        $0.sendHighWaterMark = 2
        $0.receiveHighWaterMark = 2
        $0.sendBuffer = 8192
        $0.receiveBuffer = 8192
    }

    @Test(arguments: TestTransport.allCases)
    func L1_messagesGoToThePeersInTurn(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let push = try PushSocket(context)
            let endpoint = try push.bind(transport.freshEndpoint)
            var pulls: [PullSocket] = []
            for _ in 0..<3 {
                let pull = try PullSocket(context)
                try await join(pull, to: push, at: endpoint)
                pulls.append(pull)
            }
            for index in 0..<30 { try await push.send("\(index)".message) }
            var starts: Set<Int> = []
            for pull in pulls {
                let numbers = try await pull.nextTexts(10).compactMap(Int.init)
                #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $1 == $0 + 3 })
                starts.insert(numbers.first ?? -1)
            }
            #expect(starts == [0, 1, 2])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func L1_itWaitsWhenNobodyHasRoomAndDiscardsNothing(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: small)
            #expect(try !push.trySend("nobody"))
            let pull = try PullSocket(context, options: small)
            try await link(pull, push, over: transport)
            let sending = Task {
                for index in 0..<200 { try await push.send([Frame("\(index)"), bulk]) }
            }
            try await push.stalls()
            #expect(push.statistics.messagesSent < 200)
            for index in 0..<200 {
                #expect(try await pull.next() == [Frame("\(index)"), bulk])
            }
            try await sending.value
            #expect(push.statistics.totalDropped == 0)
        }
    }

    @Test func L1_sendTimeoutAndBlockingSends() async throws {
        try await withTestContext { context in
            let push = try PushSocket(
                context, options: options { $0.sendTimeout = .milliseconds(10) })
            #expect(await thrownCode { try await push.send("x") } == .timedOut)
            let codes = try await offThread { () -> [ZeroMQError.Code?] in
                [nil, Duration.milliseconds(10), .zero].map { timeout in
                    do throws(ZeroMQError) {
                        try push.sendBlocking("x", timeout: timeout)
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            #expect(codes == [.timedOut, .timedOut, .timedOut])
        }
    }

    @Test(arguments: TestTransport.wired)
    func L2_whatAnAcceptedPeerHadQueuedIsLostAndCounted(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: options { $0.sendBuffer = 4096 })
            let endpoint = try push.bind(transport.freshEndpoint)
            let leaving = try await RawPeer.connect(endpoint, as: "PULL", receiveBuffer: 4096)
            try await eventually("it is there") { push.statistics.peers == 1 }
            for index in 0..<50 { try await push.send([Frame("\(index)"), bulk]) }
            let unsent = push.unsentMessages
            leaving.close()
            try await eventually("it is gone") { push.statistics.peers == 0 }
            #expect(unsent > 0)
            #expect(push.dropped(.peerGone) > 0)
            #expect(try !push.trySend("nobody"))
        }
    }

    @Test(arguments: TestTransport.wired)
    func L2_whatAConnectingPeerHadQueuedIsKept(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let push = try PushSocket(
                context, options: options { $0.reconnectInterval = .milliseconds(10) })
            let endpoint = try await transport.reservedEndpoint(context)
            try push.connect(endpoint)
            for index in 0..<5 { try await push.send("\(index)".message) }
            let first = try PullSocket(context)
            try first.bind(endpoint)
            #expect(try await first.nextTexts(5) == (0..<5).map(String.init))
            await first.close(linger: .zero)
            try await eventually("the loss is seen") { push.core.sendSide?.isDriven == false }
            for index in 5..<10 { try await push.send("\(index)".message) }
            let second = try PullSocket(context)
            try second.bind(endpoint)
            #expect(try await second.nextTexts(5) == (5..<10).map(String.init))
            #expect(push.statistics.totalDropped == 0)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func L3_pullTakesFromItsPeersInTurn(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let endpoint = try pull.bind(transport.freshEndpoint)
            var pushes: [PushSocket] = []
            for (index, count) in [100, 10, 10].enumerated() {
                let push = try PushSocket(context)
                try await join(push, to: pull, at: endpoint)
                for number in 0..<count {
                    try await push.send([Frame("\(index)"), Frame("\(number)")])
                }
                pushes.append(push)
            }
            if transport != .inproc {
                try await eventually("all have arrived") { pull.unreadMessages == 120 }
            }
            // A peer with much to say does not keep the others waiting.
            for turn in 0..<10 {
                var senders: Set<String> = []
                for _ in 0..<3 {
                    let message = try await pull.next()
                    senders.insert(message.string ?? "")
                    #expect(message[1] == Frame("\(turn)"))
                }
                #expect(senders.count == 3)
            }
            for number in 10..<100 {
                #expect(try await pull.next() == ["0", Frame("\(number)")])
            }
        }
    }

    @Test(arguments: TestTransport.allCases)
    func L3_whatAPeerSentBeforeItLeftIsDelivered(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try await link(pull, push, over: transport)
            for index in 0..<100 { try await push.send("\(index)".message) }
            await push.close()
            try await eventually("it is gone") { pull.statistics.peers == 0 }
            #expect(try await pull.nextTexts(100) == (0..<100).map(String.init))
            #expect(try pull.tryReceive() == nil)
        }
    }
}

extension SendSide {
    /// Whether any queue has a connection now.
    fileprivate var isDriven: Bool {
        lock.withLock {
            var isDriven = false
            pipes.forEach { if $0.driver != nil { isDriven = true } }
            return isDriven
        }
    }
}
