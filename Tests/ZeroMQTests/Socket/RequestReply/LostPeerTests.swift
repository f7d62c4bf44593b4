import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct LostPeerTests {
    @Test(arguments: TestTransport.allCases, [true, false])
    func R7_BI_X5_aRequestWhosePeerDiesFailsWithPeerLost(
        _ transport: TestTransport, _ requesterBinds: Bool
    ) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let request = try RequestSocket(context)
            if requesterBinds {
                try await link(request, reply, over: transport)
            } else {
                try await link(reply, request, over: transport)
            }
            try await request.send("question")
            #expect(try await reply.next() == "question")
            let waiting = Task { await thrownCode { _ = try await request.receive() } }
            try await eventually("it waits") { request.waitingReceivers == 1 }
            await reply.close(linger: .zero)
            #expect(await waiting.value == .peerLost)
            // The turn is over: another request may be sent to another peer.
            let second = try ReplySocket(context)
            try await link(second, request, over: transport)
            if !requesterBinds { try? request.disconnect(request.lastEndpoint ?? "") }
        }
    }

    @Test(arguments: TestTransport.wired)
    func R7_afterALossTheNextRequestIsAnswered(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            let endpoint = try request.bind(transport.freshEndpoint)
            let first = try await RawPeer.connect(endpoint, as: "REP")
            try await request.send("one")
            _ = try await first.receive()
            first.reset()
            #expect(await thrownCode { _ = try await request.next() } == .peerLost)
            let second = try await RawPeer.connect(endpoint, as: "REP")
            try await request.send("two")
            #expect(try await second.receiveTexts() == ["", "two"])
            try await second.send(["", "answer"])
            #expect(try await request.next() == "answer")
        }
    }

    @Test func R7_aReplyThatCameBeforeThePeerDiedIsDelivered() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            let endpoint = try request.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "REP")
            try await request.send("question")
            _ = try await peer.receive()
            try await peer.send(["", "last words"])
            peer.close()
            try await eventually("the peer is gone") { request.statistics.peers == 0 }
            #expect(try await request.next() == "last words")
        }
    }

    @Test func R7_aReplyThatCameBeforeTheConnectionBrokeIsDelivered() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let request = try RequestSocket(context)
            try request.connect(listener.endpoint)
            let peer = try await listener.accept(as: "REP")
            try await request.send("question")
            _ = try await peer.receive()
            try await peer.send(["", "last words"])
            peer.close()
            try await eventually("the loss is seen") { request.statistics.reconnects > 0 }
            #expect(try await request.next() == "last words")
        }
    }

    @Test func R7_theTimeoutHoldsWhileNobodyIsThere() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            try request.connect("tcp://127.0.0.1:9")
            let code = await thrownCode {
                _ = try await request.request("x", timeout: .milliseconds(20))
            }
            #expect(code == .timedOut)
            let blocking = try await offThread { () -> ZeroMQError.Code? in
                do throws(ZeroMQError) {
                    _ = try request.requestBlocking("y", timeout: .milliseconds(20))
                    return nil
                } catch {
                    return error.code
                }
            }
            #expect(blocking == .timedOut)
        }
    }
}
