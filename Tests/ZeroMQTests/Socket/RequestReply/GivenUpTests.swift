import Synchronization
import Testing

@testable import ZeroMQ

/// Requests that nobody waits for any more, without numbers that would tell the replies apart.
@Suite(.timeLimit(.minutes(1))) struct GivenUpTests {
    private let quick = options { $0.reconnectInterval = .milliseconds(1) }

    // MARK: Late replies

    @Test(arguments: TestTransport.allCases, [true, false])
    func R7_BI_X3_aLateReplyToACancelledRequestIsNotTakenForAnother(
        _ transport: TestTransport, _ requesterBinds: Bool
    ) async throws {
        try await withTestContext { context in
            let (request, reply) = try await linked(context, transport, requesterBinds)
            for round in 0..<5 {
                let slow = "slow \(round)"
                let fast = "fast \(round)"
                let asking = Task {
                    await thrownCode { _ = try await request.request(slow.message) }
                }
                #expect(try await reply.next().string == slow)
                try await eventually("it waits") { request.waitingReceivers == 1 }
                asking.cancel()
                #expect(await asking.value == .cancelled)
                // The next one is on its way when the server answers the one that was given up.
                let second = Task {
                    try await request.request(fast.message, timeout: .seconds(15))
                }
                try await eventually("it waits") {
                    request.waitingReceivers + request.waitingSenders == 1
                }
                try await reply.send("late")
                #expect(try await reply.next().string == fast)
                try await reply.send("re: \(fast)".message)
                #expect(try await second.value.string == "re: \(fast)")
            }
        }
    }

    @Test(arguments: TestTransport.allCases, [true, false])
    func R7_aLateReplyToARequestThatTimedOutIsNotTakenForAnother(
        _ transport: TestTransport, _ requesterBinds: Bool
    ) async throws {
        try await withTestContext { context in
            let (request, reply) = try await linked(context, transport, requesterBinds)
            let givenUp = LastNumber()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    // What is asked in vain is answered once it has timed out.
                    for try await question in reply.messages {
                        if let number = Int(question.string ?? ""), number % 2 == 0 {
                            try await eventually("given up") {
                                givenUp.value.load(ordering: .acquiring) >= number
                            }
                        }
                        try await reply.send("re: \(question.string ?? "?")".message)
                    }
                }
                for number in 0..<10 {
                    let text = "\(number)"
                    if number % 2 == 0 {
                        let code = await thrownCode {
                            _ = try await request.request(
                                text.message, timeout: .milliseconds(5))
                        }
                        #expect(code == .timedOut)
                        givenUp.value.store(number, ordering: .releasing)
                    } else {
                        let answer = try await request.request(
                            text.message, timeout: .seconds(15))
                        #expect(answer.string == "re: \(text)")
                    }
                }
                group.cancelAll()
                try? await group.waitForAll()
            }
        }
    }

    @Test(arguments: TestTransport.allCases, [true, false])
    func R6_aLateReplyToAReplacedRequestIsNotTakenForAnother(
        _ transport: TestTransport, _ requesterBinds: Bool
    ) async throws {
        try await withTestContext { context in
            let (request, reply) = try await linked(context, transport, requesterBinds)
            try request.updateOptions { $0.requestRelaxed = true }
            try await request.send("0")
            for round in 0..<5 {
                #expect(try await reply.next().string == "\(round)")
                try await request.send("\(round + 1)".message)
                try await reply.send("late".message)
            }
            #expect(try await reply.next() == "5")
            try await reply.send("re: 5")
            #expect(try await request.next() == "re: 5")
        }
    }

    @Test func R7_aReplyThatIsBeingReceivedIsNotTakenForAnother() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let request = try RequestSocket(context, options: quick)
            try request.connect(listener.endpoint)
            let peer = try await listener.accept(as: "REP")
            let asking = Task { await thrownCode { _ = try await request.request("slow") } }
            #expect(try await peer.receiveTexts() == ["", "slow"])
            // The late reply lies in the kernel, unread, while the request is given up.
            let gate = ThreadParker()
            context.ioThreads[0].post { _ = gate.park() }
            asking.cancel()
            #expect(await asking.value == .cancelled)
            try await peer.send(["", "late"])
            let second = Task { try await request.request("fast", timeout: .seconds(15)) }
            try await eventually("it waits") { request.waitingReceivers == 1 }
            gate.unpark()
            try await peer.waitUntilClosed()
            let next = try await listener.accept(as: "REP")
            #expect(try await next.receiveTexts() == ["", "fast"])
            try await next.send(["", "in time"])
            #expect(try await second.value == "in time")
        }
    }

    @Test func R7_aReplyThatHadArrivedIsThrownAway() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context, options: options { $0.requestRelaxed = true })
            let endpoint = try request.bind("tcp://127.0.0.1:*")
            let first = try await RawPeer.connect(endpoint, as: "REP")
            try await request.send("one")
            #expect(try await first.receiveTexts() == ["", "one"])
            try await first.send(["", "unread"])
            try await eventually("the reply is there") { request.unreadMessages == 1 }
            let second = Task { try await request.send("two") }
            try await first.waitUntilClosed()
            let next = try await RawPeer.connect(endpoint, as: "REP")
            #expect(try await next.receiveTexts() == ["", "two"])
            try await second.value
            #expect(try request.tryReceive() == nil)
            #expect(request.dropped(.unexpected) == 1)
        }
    }

    @Test(arguments: [true, false])
    func R7_aReplyIsNotSentByTheNextConnectionOfARequester(_ isRead: Bool) async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let reply = try ReplySocket(context, options: quick)
            try reply.connect(listener.endpoint)
            let peer = try await listener.accept(as: "REQ")
            try await peer.send(["", "old"])
            if isRead {
                #expect(try await reply.next() == "old")
            } else {
                try await eventually("it is there") { reply.unreadMessages == 1 }
            }
            peer.close()
            let next = try await listener.accept(as: "REQ")
            try await eventually("a new connection") { reply.statistics.connections == 2 }
            if !isRead { #expect(try await reply.next() == "old") }
            try await reply.send("late")
            #expect(reply.dropped(.unroutable) == 1)
            try await next.send(["", "new"])
            #expect(try await reply.next() == "new")
            try await reply.send("in time")
            #expect(try await next.receiveTexts() == ["", "in time"])
        }
    }

    @Test func R7_aReplyIsSentByTheNextConnectionOfABroker() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let reply = try ReplySocket(context, options: quick)
            try reply.connect(listener.endpoint)
            let peer = try await listener.accept(as: "DEALER")
            try await peer.send(["client", "", "question"])
            #expect(try await reply.next() == "question")
            peer.close()
            let next = try await listener.accept(as: "DEALER")
            try await reply.send("answer")
            #expect(try await next.receiveTexts() == ["client", "", "answer"])
        }
    }

    @Test(arguments: TestTransport.wired)
    func R7_theEndOfTheConnectionSaysWhy(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let (request, reply) = try await linked(context, transport, false)
            let log = EventLog(request)
            let asking = Task { await thrownCode { _ = try await request.request("slow") } }
            #expect(try await reply.next() == "slow")
            asking.cancel()
            #expect(await asking.value == .cancelled)
            let reason = try await log.first(.disconnected).reason
            #expect(reason == AbortReason.requestGivenUp.rawValue)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R5_R7_withANumberNothingIsEnded(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let (request, reply) = try await linked(context, transport, false)
            try request.updateOptions { $0.requestCorrelate = true }
            let asking = Task { await thrownCode { _ = try await request.request("slow") } }
            #expect(try await reply.next() == "slow")
            asking.cancel()
            #expect(await asking.value == .cancelled)
            let second = Task { try await request.request("fast", timeout: .seconds(15)) }
            try await eventually("it waits") { request.waitingReceivers == 1 }
            try await reply.send("late")
            #expect(try await reply.next() == "fast")
            try await reply.send("in time")
            #expect(try await second.value == "in time")
            #expect(request.statistics.connections == 1)
            #expect(request.dropped(.unexpected) == 1)
        }
    }

    // MARK: What had not left

    @Test(arguments: TestTransport.allCases)
    func R7_aRequestGivenUpBeforeItLeftIsNeverSent(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let request = try RequestSocket(
                context, options: options { $0.reconnectInterval = .milliseconds(10) })
            let endpoint = try await transport.reservedEndpoint(context)
            try request.connect(endpoint)
            let code = await thrownCode {
                _ = try await request.request("given up", timeout: .milliseconds(20))
            }
            #expect(code == .timedOut)
            let reply = try ReplySocket(context)
            try reply.bind(endpoint)
            let second = Task { try await request.request("wanted", timeout: .seconds(15)) }
            #expect(try await reply.next() == "wanted")
            try await reply.send("answer")
            #expect(try await second.value == "answer")
        }
    }

    @Test func R7_whatHadBegunToLeaveIsNotSentAgain() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let request = try RequestSocket(
                context,
                options: options {
                    $0.reconnectInterval = .milliseconds(1)
                    $0.sendBuffer = 4096
                })
            try request.connect(listener.endpoint)
            let peer = try await listener.accept(as: "REP", receiveBuffer: 4096)
            let large = Message(Frame([UInt8](repeating: 1, count: 16 << 20)))
            let asking = Task { await thrownCode { _ = try await request.request(large) } }
            // Its first bytes are here, the rest does not fit into the kernel.
            #expect(try await peer.readFrame().body.isEmpty)
            try await eventually("it waits") { request.waitingReceivers == 1 }
            asking.cancel()
            #expect(await asking.value == .cancelled)
            let second = Task { try await request.request("small", timeout: .seconds(15)) }
            try await peer.waitUntilClosed()
            let next = try await listener.accept(as: "REP")
            #expect(try await next.receiveTexts() == ["", "small"])
            try await next.send(["", "answer"])
            #expect(try await second.value == "answer")
            #expect(request.dropped(.givenUp) == 1)
            #expect(request.unsentMessages == 0)
        }
    }

    @Test func R7_aProbeOutlivesTheRequestBehindIt() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let request = try RequestSocket(context, options: options { $0.probeRouter = true })
            try await link(router, request, over: .inproc)
            let asking = Task { await thrownCode { _ = try await request.request("unread") } }
            try await eventually("it waits") { request.waitingReceivers == 1 }
            asking.cancel()
            #expect(await asking.value == .cancelled)
            #expect(request.dropped(.givenUp) == 1)
            try await request.send("wanted")
            let probe = try await router.next()
            #expect(probe.count == 2 && probe[1].isEmpty)
            #expect(try await router.next().frames.dropFirst() == ["", "wanted"])
        }
    }

    // MARK: The other peers

    @Test func R1_R7_theNextRequestGoesToAnotherPeerAtOnce() async throws {
        try await withTestContext { context in
            let request = try RequestSocket(context)
            let endpoint = try request.bind("tcp://127.0.0.1:*")
            var peers: [RawPeer] = []
            for count in 1...2 {
                peers.append(try await RawPeer.connect(endpoint, as: "REP"))
                try await eventually("a peer") { request.statistics.peers == count }
            }
            for (index, text) in ["one", "two"].enumerated() {
                let asking = Task {
                    await thrownCode { _ = try await request.request(text.message) }
                }
                #expect(try await peers[index].receiveTexts() == ["", text])
                asking.cancel()
                #expect(await asking.value == .cancelled)
            }
            for peer in peers { try await peer.waitUntilClosed() }
            // Nobody is left: requests wait for a peer.
            #expect(try !request.trySend("three"))
        }
    }

    @Test func R7_aRouterThatNeverAnsweredSeesANewPeer() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let request = try RequestSocket(context)
            try await link(router, request, over: .inproc)
            var ids: [Frame] = []
            for text in ["one", "two"] {
                let asking = Task {
                    await thrownCode { _ = try await request.request(text.message) }
                }
                let envelope = try await router.next()
                #expect(envelope.frames.dropFirst() == ["", Frame(text)])
                ids.append(envelope[0])
                asking.cancel()
                #expect(await asking.value == .cancelled)
            }
            let third = Task { try await request.request("three", timeout: .seconds(15)) }
            ids.append(try await router.next()[0])
            #expect(Set(ids).count == 3)
            for (index, id) in ids.enumerated() {
                try await router.send([id, "", Frame("\(index)")])
            }
            #expect(try await third.value == "2")
            #expect(router.dropped(.unroutable) == 2)
            #expect(router.statistics.peers == 1)
        }
    }

    @Test func R7_anInprocRequesterThatIsNotBoundAnyMoreIsFoundAgain() async throws {
        try await withTestContext { context in
            let reply = try ReplySocket(context)
            let request = try RequestSocket(context)
            let endpoint = try await link(reply, request, over: .inproc)
            try reply.unbind(endpoint)
            let asking = Task { await thrownCode { _ = try await request.request("one") } }
            #expect(try await reply.next() == "one")
            asking.cancel()
            #expect(await asking.value == .cancelled)
            try await reply.send("late")
            // It queues until somebody is bound there.
            try await request.send("two")
            let other = try ReplySocket(context)
            try other.bind(endpoint)
            #expect(try await other.next() == "two")
            try await other.send("re: two")
            #expect(try await request.next() == "re: two")
            try request.disconnect(endpoint)
            #expect(request.statistics.peers == 0)
        }
    }

    private func linked(
        _ context: Context, _ transport: TestTransport, _ requesterBinds: Bool
    ) async throws -> (RequestSocket, ReplySocket) {
        let request = try RequestSocket(context, options: quick)
        let reply = try ReplySocket(context, options: quick)
        if requesterBinds {
            try await link(request, reply, over: transport)
        } else {
            try await link(reply, request, over: transport)
        }
        return (request, reply)
    }
}

private final class LastNumber: Sendable {
    let value = Atomic<Int>(-1)
}
