import Testing

@testable import ZeroMQ

/// Calls of `request` that share a socket, or have nobody to ask.
@Suite(.timeLimit(.minutes(1))) struct SharedRequestTests {
    @Test(arguments: TestTransport.allCases)
    func R6_aReplacedRequestEndsAndTheReplyGoesToWhoAsked(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let endpoint = try router.bind(transport.freshEndpoint)
            let request = try RequestSocket(
                context,
                options: options {
                    $0.requestRelaxed = true
                    $0.requestCorrelate = true
                })
            try request.connect(endpoint)
            let first = Task { await thrownCode { _ = try await request.request("first") } }
            _ = try await router.next()
            try await eventually("it waits") { request.waitingReceivers == 1 }
            let second = Task { try await request.request("second", timeout: .seconds(15)) }
            let asked = try await router.next()
            #expect(await first.value == .wrongState)
            try await router.send(Message(Array(asked.frames.dropLast()) + ["answer"]))
            #expect(try await second.value.string == "answer")
        }
    }

    @Test func R7_whoLostItsRequestDoesNotTakeTheReplyToTheNext() throws {
        let state = RequestState(SocketOptions(), seed: 1)
        let receive = RequestReceive(state: state)
        let side = ReceiveSide(strategy: receive, conflates: false, slots: SlotPool())
        state.sent(to: 0, correlation: nil)
        let first = state.latest
        #expect(state.lose(0))
        state.sent(to: 1, correlation: nil)
        var message = Message()
        let error = #expect(throws: ZeroMQError.self) {
            try receive.receive(replyTo: first, into: &message, from: side)
        }
        #expect(error?.code == .peerLost)
        // Giving it up leaves the one under way alone.
        #expect(state.giveUp(first) == nil)
        #expect(state.expected(from: 1)?.serial == state.latest)
    }

    @Test(arguments: [true, false])
    func theTimeoutHoldsWithNobodyToAsk(_ binds: Bool) async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            if binds { try request.bind("tcp://127.0.0.1:*") }
            let code = await thrownCode {
                _ = try await request.request("x", timeout: .milliseconds(5))
            }
            #expect(code == .timedOut)
        }
    }

    @Test func theTimeoutHoldsForAThreadWithNobodyToAsk() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            #expect(throws: ZeroMQError.self) { try Self.askBlocking(request) }
        }
    }

    private static func askBlocking(_ request: RequestSocket) throws(ZeroMQError) {
        _ = try request.requestBlocking("x", timeout: .milliseconds(5))
    }
}
