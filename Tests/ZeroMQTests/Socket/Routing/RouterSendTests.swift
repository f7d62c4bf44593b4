import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct RouterSendTests {
    @Test(arguments: TestTransport.allCases)
    func I7_theIDIsAddedOnReceiveAndRemovedOnSend(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let dealer = try DealerSocket(
                context, options: options { $0.routingID = try? RoutingID("d") })
            try await link(router, dealer, over: transport)
            try await dealer.send(["", "a", ""])
            #expect(try await router.next() == ["d", "", "a", ""])
            try await router.send(["d", "", "b", ""])
            #expect(try await dealer.next() == ["", "b", ""])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func BI_X7_anIDAloneIsMalformedAndHarmless(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let dealer = try DealerSocket(
                context, options: options { $0.routingID = try? RoutingID("d") })
            try await link(router, dealer, over: transport)
            #expect(await thrownCode { try await router.send("d") } == .malformedMessage)
            #expect(await thrownCode { try await router.send([0x64]) } == .malformedMessage)
            #expect(await thrownCode { _ = try router.trySend("d") } == .malformedMessage)
            try await router.send(["d", "fine"])
            #expect(try await dealer.next() == "fine")
        }
    }

    @Test func BI_X7_aMessageOfNoFramesIsOneEmptyFrame() {
        #expect(Message([Frame]()).frames == [Frame()])
    }

    // MARK: Unroutable and full

    @Test(arguments: TestTransport.allCases)
    func I8_anUnknownIDIsDroppedAndCounted(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let dealer = try DealerSocket(
                context, options: options { $0.routingID = try? RoutingID("d") })
            try await link(router, dealer, over: transport)
            try await router.send(["nobody", "x"])
            #expect(try router.trySend(["nobody", "y"]))
            #expect(router.dropped(.unroutable) == 2)
            #expect(router.statistics.messagesSent == 0)
        }
    }

    @Test func I8_withMandatoryAnUnknownIDIsAnError() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            try router.updateOptions { $0.routerMandatory = true }
            #expect(
                await thrownCode { try await router.send(["nobody", "x"]) } == .hostUnreachable)
            #expect(await thrownCode { _ = try router.trySend(["", "x"]) } == .hostUnreachable)
            #expect(router.statistics.totalDropped == 0)
        }
    }

    /// A router with one connected peer that does not read.
    private func stuck(
        _ context: Context, _ transport: TestTransport, mandatory: Bool
    ) async throws -> (RouterSocket, DealerSocket) {
        let small = options {
            $0.routingID = try? RoutingID("d")
            $0.sendHighWaterMark = 4
            $0.receiveHighWaterMark = 4
            $0.routerMandatory = mandatory
            $0.receiveBuffer = 8192
            $0.sendBuffer = 8192
        }
        let router = try RouterSocket(context, options: small)
        let dealer = try DealerSocket(context, options: small)
        try await link(router, dealer, over: transport)
        return (router, dealer)
    }

    @Test(arguments: TestTransport.allCases)
    func BI_X8_aFullPeerLosesTheMessageAndItIsCounted(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let (router, dealer) = try await stuck(context, transport, mandatory: false)
            var sent = 0
            while router.dropped(.highWaterMark) == 0, sent < 20_000 {
                #expect(try router.trySend(["d", Frame("\(sent)"), bulk]))
                sent += 1
            }
            #expect(router.dropped(.highWaterMark) == 1)
            #expect(router.statistics.messagesSent == UInt64(sent - 1))
            // Whole messages, in order, none missing but the one that was dropped.
            for index in 0..<sent - 1 {
                let message = try await dealer.next()
                #expect(message.count == 2 && message.string == "\(index)")
            }
        }
    }

    @Test(arguments: TestTransport.allCases)
    func I8_withMandatoryAFullPeerIsWaitedFor(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let (router, dealer) = try await stuck(context, transport, mandatory: true)
            let count = try await router.fill(
                with: ["d", bulk], of: dealer, over: transport)
            #expect(count < 20_000)
            try router.updateOptions { $0.sendTimeout = .milliseconds(20) }
            #expect(await thrownCode { try await router.send(["d", bulk]) } == .timedOut)
            try router.updateOptions { $0.sendTimeout = nil }
            async let waiting: Void = router.send(["d", "at last"])
            try await eventually("the sender waits") { router.waitingSenders == 1 }
            for _ in 0..<count { #expect(try await dealer.next() == Message(bulk)) }
            #expect(try await dealer.next() == "at last")
            try await waiting
            #expect(router.statistics.totalDropped == 0)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func I9_aSenderThatWaitsWakesWhenThePeerVanishes(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let (router, dealer) = try await stuck(context, transport, mandatory: true)
            _ = try await router.fill(
                with: ["d", bulk], of: dealer, over: transport)
            let waiting = Task { await thrownCode { try await router.send(["d", "x"]) } }
            try await eventually("the sender waits") { router.waitingSenders == 1 }
            await dealer.close(linger: .zero)
            #expect(await waiting.value == .hostUnreachable)
        }
    }

    @Test func I9_blockedThreadsWakeToo() async throws {
        try await withTestContext { context in
            let (router, dealer) = try await stuck(context, .tcp, mandatory: true)
            _ = try await router.fill(with: ["d", bulk], of: dealer)
            async let code = offThread { () -> ZeroMQError.Code? in
                do throws(ZeroMQError) {
                    try router.sendBlocking(["d", "x"])
                    return nil
                } catch {
                    return error.code
                }
            }
            try await eventually("the sender waits") { router.waitingSenders == 1 }
            await dealer.close(linger: .zero)
            #expect(try await code == .hostUnreachable)
        }
    }

    @Test func I9_aConnectingRoutersSenderWakesWhenTheConnectionIsLost() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let router = try RouterSocket(
                context,
                options: options {
                    $0.routerMandatory = true
                    $0.sendHighWaterMark = 4
                    $0.sendBuffer = 8192
                })
            try router.connect(listener.endpoint)
            let peer = try await listener.accept(as: "DEALER", id: [0x64], receiveBuffer: 8192)
            try await eventually("it is there") { router.statistics.connections == 1 }
            _ = try await router.fill(with: ["d", bulk])
            // The system may take some more in after it seemed to be full.
            let waiting = Task {
                await thrownCode { while true { try await router.send(["d", bulk]) } }
            }
            try await eventually("the sender waits") { router.waitingSenders == 1 }
            peer.reset()
            #expect(await waiting.value == .hostUnreachable)
        }
    }

    @Test func BI_R13_whatWasQueuedForOneIDNeverGoesToAnother() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let router = try RouterSocket(
                context,
                options: options {
                    $0.sendBuffer = 8192
                    $0.reconnectInterval = .milliseconds(10)
                })
            try router.connect(listener.endpoint)
            let old = try await listener.accept(
                as: "DEALER", id: Array("old".utf8), receiveBuffer: 8192)
            try await eventually("it is there") { router.statistics.connections == 1 }
            for _ in 0..<50 { try await router.send(["old", "secret", bulk]) }
            old.reset()
            let new = try await listener.accept(as: "DEALER", id: Array("new".utf8))
            try await eventually("another is there") { router.statistics.connections == 2 }
            try await router.send(["new", "hello"])
            #expect(try await new.receiveTexts() == ["hello"])
        }
    }

    // MARK: Broken multipart

    @Test(arguments: [false, true])
    func I10_theRestOfAMessageWhosePeerDiesIsDiscarded(_ resets: Bool) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            let dying = try await RawPeer.connect(endpoint, as: "DEALER", id: Array("dying".utf8))
            try await dying.write(
                RawPeer.message([Array("whole".utf8)]) + RawPeer.frame(Array("part".utf8), flags: 1)
            )
            #expect(try await router.next() == ["dying", "whole"])
            if resets { dying.reset() } else { dying.close() }
            try await eventually("the peer is gone") { router.statistics.peers == 0 }
            #expect(router.dropped(.truncated) == 1)
            let other = try await RawPeer.connect(endpoint, as: "DEALER", id: Array("other".utf8))
            try await other.send(["clean"])
            #expect(try await router.next() == ["other", "clean"])
            #expect(try router.tryReceive() == nil)
        }
    }

    @Test func BI_R30_noBalancerSplitsAMessageWhenAPeerDiesMidway() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: options { $0.sendBuffer = 4096 })
            let endpoint = try push.bind("tcp://127.0.0.1:*")
            let dying = try await RawPeer.connect(endpoint, as: "PULL", receiveBuffer: 4096)
            let living = try await RawPeer.connect(endpoint, as: "PULL")
            try await eventually("both are there") { push.statistics.peers == 2 }
            let message: Message = ["begin", bulk, "end"]
            for _ in 0..<20 { try await push.send(message) }
            // Some of a first message has left when its reader goes.
            _ = try await dying.read(1000)
            dying.reset()
            try await eventually("one is gone") { push.statistics.peers == 1 }
            try await push.send("done")
            var whole = 0
            while true {
                let got = try await living.receive()
                if got == [Array("done".utf8)] { break }
                #expect(got == message.frames.map(\.array))
                whole += 1
            }
            #expect(whole == 10)
            #expect(push.dropped(.peerGone) > 0)
        }
    }
}
