import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct EnvelopeTests {
    @Test(arguments: TestTransport.wired)
    func R4_aReplyWithoutTheEmptyFrameNeverReachesTheApplication(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            let endpoint = try request.bind(transport.freshEndpoint)
            let peer = try await RawPeer.connect(endpoint, as: "REP")
            try await request.send("question")
            _ = try await peer.receive()
            try await peer.send(["bare"])
            try await peer.send(["bare", "", "late delimiter"])
            try await peer.send([""])
            try await peer.send(["", "", "empty body first"])
            #expect(try await request.next() == ["", "empty body first"])
            #expect(request.dropped(.unexpected) == 3)
        }
    }

    // MARK: REP

    @Test(arguments: TestTransport.wired)
    func R8_theEnvelopeIsKeptAndRestored(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let endpoint = try reply.bind(transport.freshEndpoint)
            let peer = try await RawPeer.connect(endpoint, as: "DEALER")
            try await peer.send(["hop 1", "hop 2", "", "body", "", "more"])
            #expect(try await reply.next() == ["body", "", "more"])
            try await reply.send(["answer", ""])
            #expect(try await peer.receiveTexts() == ["hop 1", "hop 2", "", "answer", ""])
            try await peer.send(["", "plain"])
            #expect(try await reply.next() == "plain")
            try await reply.send([7])
            #expect(try await peer.receive() == [[], [7]])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R8_throughTheAPI(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let dealer = try DealerSocket(context)
            try await link(reply, dealer, over: transport)
            try await dealer.send(["a", "b", "", "body"])
            #expect(try await reply.next() == "body")
            try await reply.send("answer")
            #expect(try await dealer.next() == ["a", "b", "", "answer"])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R9_aRequestWithoutAnEmptyFrameIsDiscarded(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let dealer = try DealerSocket(context)
            try await link(reply, dealer, over: transport)
            try await dealer.send("bare")
            try await dealer.send(["no", "delimiter", "here"])
            try await dealer.send(["", "good"])
            #expect(try await reply.next() == "good")
            #expect(reply.dropped(.unexpected) == 2)
            // Also while a request is being worked on, its reply finds its way.
            try await dealer.send("bare again")
            try await reply.send("answer")
            #expect(try await dealer.next() == ["", "answer"])
        }
    }

    @Test(arguments: TestTransport.wired)
    func R10_whenTheRequesterHasGoneTheReplyIsDropped(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let endpoint = try reply.bind(transport.freshEndpoint)
            let leaving = try await RawPeer.connect(endpoint, as: "REQ")
            try await leaving.send(["", "one"])
            #expect(try await reply.next() == "one")
            leaving.close()
            try await eventually("it is gone") { reply.statistics.peers == 0 }
            try await reply.send("to nobody")
            #expect(reply.dropped(.unroutable) == 1)
            let other = try await RawPeer.connect(endpoint, as: "REQ")
            try await other.send(["", "two"])
            #expect(try await reply.next() == "two")
            try await reply.send("answer")
            #expect(try await other.receiveTexts() == ["", "answer"])
        }
    }

    @Test func R10_theReplyGoesToNobodyElseWhoTookThePlace() async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let endpoint = try reply.bind("tcp://127.0.0.1:*")
            let leaving = try await RawPeer.connect(endpoint, as: "REQ")
            try await leaving.send(["", "secret question"])
            #expect(try await reply.next() == "secret question")
            leaving.close()
            try await eventually("it is gone") { reply.statistics.peers == 0 }
            let other = try await RawPeer.connect(endpoint, as: "REQ")
            try await eventually("another is there") { reply.statistics.peers == 1 }
            try await reply.send("secret answer")
            try await other.send(["", "two"])
            #expect(try await reply.next() == "two")
            try await reply.send("answer")
            #expect(try await other.receiveTexts() == ["", "answer"])
        }
    }

    @Test func R10_aRequestOfAPeerThatHasGoneIsStillAnswerable() async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let endpoint = try reply.bind("tcp://127.0.0.1:*")
            let leaving = try await RawPeer.connect(endpoint, as: "REQ")
            try await leaving.send(["", "farewell"])
            leaving.close()
            // Peers are none before it has come, too.
            try await eventually("it has come and gone") {
                reply.statistics.connections == 1 && reply.statistics.peers == 0
            }
            #expect(try await reply.next() == "farewell")
            try await reply.send("to nobody")
            #expect(reply.dropped(.unroutable) == 1)
            #expect(try reply.tryReceive() == nil)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R10_sendNeverBlocksOnARequesterThatDoesNotRead(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let small = options {
                $0.sendHighWaterMark = 2
                $0.receiveHighWaterMark = 2
                $0.sendBuffer = 8192
                $0.receiveBuffer = 8192
            }
            let reply = try ReplySocket(context, options: small)
            let dealer = try DealerSocket(context, options: small)
            try await link(reply, dealer, over: transport)
            var answers = 0
            while reply.dropped(.highWaterMark) == 0, answers < 2000 {
                try await dealer.send(["", "more"])
                _ = try await reply.next()
                #expect(try reply.trySend(["answer", bulk]))
                answers += 1
            }
            #expect(reply.dropped(.highWaterMark) == 1)
            for _ in 0..<answers - 1 { #expect(try await dealer.next().count == 3) }
        }
    }

    // MARK: Chains

    @Test(arguments: TestTransport.allCases)
    func R11_severalRoutersInARowKeepTheirEnvelopesInOrder(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            var next: any ZeroMQSocket = reply
            var endpoint = try reply.bind(transport.freshEndpoint)
            var brokers: [(RouterSocket, DealerSocket)] = []
            for _ in 0..<3 {
                let front = try RouterSocket(context)
                let back = try DealerSocket(context)
                try await join(back, to: next, at: endpoint)
                endpoint = try front.bind(transport.freshEndpoint)
                next = front
                brokers.append((front, back))
            }
            let request = try RequestSocket(context)
            try await join(request, to: next, at: endpoint)
            try await request.send("question")
            for (front, back) in brokers.reversed() { try await back.send(try await front.next()) }
            #expect(try await reply.next() == "question")
            try await reply.send("answer")
            for (front, back) in brokers { try await front.send(try await back.next()) }
            #expect(try await request.next() == "answer")
        }
    }
}
