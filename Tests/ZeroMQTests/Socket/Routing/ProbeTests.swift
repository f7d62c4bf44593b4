import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct ProbeTests {
    private func probing() -> SocketOptions {
        options {
            $0.probeRouter = true
            $0.routingID = try? RoutingID("prober")
            $0.reconnectInterval = .milliseconds(10)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func I12_aDealerShowsItselfWithOneEmptyMessage(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let dealer = try DealerSocket(context, options: probing())
            try await link(router, dealer, over: transport)
            #expect(try await router.next() == ["prober", ""])
            try await dealer.send("data")
            #expect(try await router.next() == ["prober", "data"])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func I12_aRouterShowsItselfAndOnlyTheConfiguredSideDoes(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let plain = try RouterSocket(
                context, options: options { $0.routingID = try? RoutingID("plain") })
            let prober = try RouterSocket(context, options: probing())
            try await link(plain, prober, over: transport)
            #expect(try await plain.next() == ["prober", ""])
            try await plain.send(["prober", "hello"])
            #expect(try await prober.next() == ["plain", "hello"])
            #expect(try plain.tryReceive() == nil)
        }
    }

    @Test func I12_aRequestSocketProbesWithoutDisturbingItsTurns() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let request = try RequestSocket(context, options: probing())
            try await link(router, request, over: .tcp)
            #expect(try await router.next() == ["prober", ""])
            try await request.send("question")
            #expect(try await router.next() == ["prober", "", "question"])
            try await router.send(["prober", "", "answer"])
            #expect(try await request.next() == "answer")
        }
    }

    @Test func I12_theBoundSideProbesToo() async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context, options: probing())
            let endpoint = try dealer.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "ROUTER")
            #expect(try await peer.receive() == [[]])
        }
    }

    @Test func I12_everyNewConnectionGetsExactlyOne() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let dealer = try DealerSocket(context, options: probing())
            try dealer.connect(listener.endpoint)
            for round in 0..<3 {
                let peer = try await listener.accept(as: "ROUTER")
                #expect(try await peer.receive() == [[]])
                try await dealer.send("data \(round)".message)
                #expect(try await peer.receiveTexts() == ["data \(round)"])
                peer.close()
                try await eventually("the loss is seen") {
                    dealer.statistics.reconnects >= UInt64(round + 1)
                }
            }
        }
    }
}
