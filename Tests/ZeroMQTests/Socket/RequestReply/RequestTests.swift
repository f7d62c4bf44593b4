import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct RequestTests {
    // MARK: Sending

    @Test(arguments: TestTransport.wired)
    func R1_aRequestIsAnEmptyFrameAndTheBody(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            let endpoint = try request.bind(transport.freshEndpoint)
            let peer = try await RawPeer.connect(endpoint, as: "REP")
            try await request.send(["one", "two"])
            #expect(
                try await peer.readFrames(3) == [
                    .init(flags: 1, body: []), .init(flags: 1, body: Array("one".utf8)),
                    .init(flags: 0, body: Array("two".utf8)),
                ])
            try await peer.send(["", "three", "four"])
            #expect(try await request.next() == ["three", "four"])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R1_requestsGoToThePeersInTurn(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            var replies: [ReplySocket] = []
            for _ in 0..<3 {
                let reply = try ReplySocket(context)
                try await link(reply, request, over: transport)
                replies.append(reply)
            }
            var order: [Int] = []
            for round in 0..<6 {
                try await request.send("\(round)".message)
                var answered: Int?
                try await eventually("somebody is asked") {
                    for (index, reply) in replies.enumerated()
                    where try reply.tryReceive() != nil {
                        answered = index
                    }
                    return answered != nil
                }
                let index = try #require(answered)
                order.append(index)
                try await replies[index].send("ok")
                _ = try await request.next()
            }
            #expect(Set(order.prefix(3)).count == 3)
            #expect(order.prefix(3) == order.suffix(3))
        }
    }

    @Test func R1_itWaitsWhileThereIsNoPeer() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(
                context, options: options { $0.sendTimeout = .milliseconds(10) })
            #expect(try !request.trySend("x"))
            #expect(await thrownCode { try await request.send("x") } == .timedOut)
            try request.updateOptions { $0.sendTimeout = nil }
            async let sending: Void = request.send("x")
            try await eventually("it waits") { request.waitingSenders == 1 }
            let reply = try ReplySocket(context)
            try await link(reply, request, over: .inproc)
            try await sending
            #expect(try await reply.next() == "x")
        }
    }

    // MARK: Turns

    @Test(arguments: TestTransport.allCases)
    func R2_BI_X4_outOfTurnIsAnErrorThatChangesNothing(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let request = try RequestSocket(context)
            try await link(reply, request, over: transport)
            #expect(await thrownCode { _ = try await request.receive() } == .wrongState)
            #expect(await thrownCode { _ = try request.tryReceive() } == .wrongState)
            #expect(await thrownCode { try await reply.send("early") } == .wrongState)
            #expect(await thrownCode { _ = try reply.trySend("early") } == .wrongState)
            for round in 0..<3 {
                let text = "\(round)"
                try await request.send(text.message)
                #expect(await thrownCode { try await request.send("again") } == .wrongState)
                #expect(try await reply.next().string == text)
                #expect(await thrownCode { _ = try await reply.receive() } == .wrongState)
                #expect(await thrownCode { _ = try reply.tryReceive() } == .wrongState)
                try await reply.send(["a", "b"])
                #expect(await thrownCode { try await reply.send("twice") } == .wrongState)
                #expect(try await request.next() == ["a", "b"])
                #expect(await thrownCode { _ = try await request.receive() } == .wrongState)
            }
        }
    }

    @Test func R2_aReceiveThatWaitsEndsWhenItsTurnIsOver() async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let request = try RequestSocket(context)
            try await link(reply, request, over: .inproc)
            // Two wait for requests; with the first request the turn of the other is over, which it
            // learns at the latest with the next message.
            let waiting = (0..<2).map { _ in
                Task { await thrownCode { _ = try await reply.receive() } }
            }
            try await eventually("both wait") { reply.waitingReceivers == 2 }
            try await request.send("one")
            try await eventually("one has it") { reply.statistics.messagesReceived == 1 }
            try await reply.send("answer")
            #expect(try await request.next() == "answer")
            // For the other, should it wait or be about to.
            try await request.send("two")
            var codes: [ZeroMQError.Code?] = []
            for task in waiting { codes.append(await task.value) }
            #expect(codes.contains(nil))
            #expect(codes.allSatisfy { $0 == nil || $0 == .wrongState })
        }
    }

    // MARK: Whose reply

    @Test func R3_onlyThePeerThatWasAskedMayAnswer() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            let endpoint = try request.bind("tcp://127.0.0.1:*")
            var peers: [RawPeer] = []
            for count in 1...2 {
                peers.append(try await RawPeer.connect(endpoint, as: "REP"))
                try await eventually("a peer") { request.statistics.peers == count }
            }
            try await request.send("question")
            // The first to come is the first to be asked.
            #expect(try await peers[0].receiveTexts() == ["", "question"])
            try await peers[1].send(["", "forged"])
            try await eventually("the forgery is there") { request.unreadMessages == 1 }
            #expect(try request.tryReceive() == nil)
            try await peers[0].send(["", "real"])
            #expect(try await request.next() == "real")
            #expect(request.dropped(.unexpected) == 1)
        }
    }

    @Test(arguments: TestTransport.wired)
    func R3_staleRepliesAreDiscardedBeforeTheNextRequest(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            let endpoint = try request.bind(transport.freshEndpoint)
            let peer = try await RawPeer.connect(endpoint, as: "REP")
            try await request.send("one")
            _ = try await peer.receive()
            try await peer.send(["", "first"])
            try await peer.send(["", "second"])
            #expect(try await request.next() == "first")
            try await eventually("the second is there") { request.unreadMessages == 1 }
            try await request.send("two")
            _ = try await peer.receive()
            #expect(try request.tryReceive() == nil)
            try await peer.send(["", "third"])
            #expect(try await request.next() == "third")
            #expect(request.dropped(.unexpected) == 1)
        }
    }

    @Test func R3_R2_aSendOutOfTurnDoesNotThrowAwayTheReply() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            let endpoint = try request.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "REP")
            try await request.send("one")
            _ = try await peer.receive()
            try await peer.send(["", "the reply"])
            try await eventually("the reply is there") { request.unreadMessages == 1 }
            #expect(await thrownCode { try await request.send("two") } == .wrongState)
            #expect(try await request.next() == "the reply")
        }
    }

    // MARK: Correlated and relaxed

    @Test func R5_onlyTheReplyWithTheRightNumberIsAccepted() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(
                context, options: options { $0.requestCorrelate = true })
            let endpoint = try request.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "REP")
            var numbers: Set<[UInt8]> = []
            for _ in 0..<3 {
                try await request.send("question")
                let frames = try await peer.receive()
                #expect(frames.count == 3 && frames[0].count == 4 && frames[1].isEmpty)
                numbers.insert(frames[0])
                var wrong = frames[0]
                wrong[3] ^= 0xFF
                try await peer.send(bytes: [wrong, [], Array("wrong number".utf8)])
                try await peer.send(bytes: [[], Array("no number".utf8)])
                try await peer.send(bytes: [frames[0], [], Array("right".utf8)])
                #expect(try await request.next() == "right")
            }
            #expect(numbers.count == 3)
            #expect(request.dropped(.unexpected) == 6)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R5_aReplySocketBringsTheNumberBack(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let request = try RequestSocket(
                context, options: options { $0.requestCorrelate = true })
            try await link(reply, request, over: transport)
            for _ in 0..<3 {
                try await request.send("question")
                #expect(try await reply.next() == "question")
                try await reply.send("answer")
                #expect(try await request.next() == "answer")
            }
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R6_BI_X5_aNewRequestReplacesTheOneThatWaits(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let request = try RequestSocket(
                context,
                options: options {
                    $0.requestCorrelate = true
                    $0.requestRelaxed = true
                })
            try await link(reply, request, over: transport)
            try await request.send("one")
            try await request.send("two")
            for text in ["one", "two"] {
                #expect(try await reply.next().string == text)
                try await reply.send("re: \(text)".message)
            }
            #expect(try await request.next() == "re: two")
            #expect(request.dropped(.unexpected) == 1)
        }
    }

    @Test func R6_relaxedCanBeSwitchedOnAtOnce() async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let request = try RequestSocket(context)
            try await link(reply, request, over: .inproc)
            try await request.send("one")
            #expect(await thrownCode { try await request.send("two") } == .wrongState)
            try request.updateOptions { $0.requestRelaxed = true }
            try await request.send("two")
        }
    }
}
