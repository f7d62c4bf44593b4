import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct PeerIdentityTests {
    @Test func I1_localIDsHaveOneTo255BytesAndNoLeadingZero() throws {
        #expect(throws: RoutingIDError.self) { try RoutingID([]) }
        #expect(throws: RoutingIDError.self) { try RoutingID([0]) }
        #expect(throws: RoutingIDError.self) { try RoutingID([0, 1, 2]) }
        #expect(throws: RoutingIDError.self) { try RoutingID([UInt8](repeating: 1, count: 256)) }
        #expect(try RoutingID([UInt8](repeating: 1, count: 255)).count == 255)
        #expect(try RoutingID([1]).bytes == [1])
    }

    @Test(arguments: TestTransport.allCases, [1, 5, 15, 16, 255])
    func I1_chosenIDsOfEveryLengthAreShown(_ transport: TestTransport, _ length: Int) async throws {
        try await withTestContext { context in
            let id = try RoutingID([UInt8](repeating: 0x61, count: length))
            let router = try RouterSocket(context)
            let dealer = try DealerSocket(context, options: options { $0.routingID = id })
            try await link(router, dealer, over: transport)
            try await dealer.send("hello")
            let message = try await router.next()
            #expect(message.frames.map(\.array) == [id.bytes, Array("hello".utf8)])
            try await router.send("back", to: id)
            #expect(try await dealer.next() == "back")
        }
    }

    @Test func I1_aLeadingZeroFromAPeerIsRefusedOrIgnored() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            let bad = try await RawPeer.connect(endpoint)
            let reserved: [UInt8] = [0, 0x61]
            try await bad.write(
                RawPeer.greeting(minor: 1) + RawPeer.ready(type: "DEALER", id: reserved))
            try? await bad.send(["smuggled"])
            let good = try await RawPeer.connect(endpoint, as: "DEALER", id: Array("good".utf8))
            try await good.send(["hello"])
            while true {
                let message = try await router.next()
                #expect(message.firstFrame.array != reserved)
                if message.firstFrame == "good" { break }
            }
        }
    }

    @Test(arguments: TestTransport.allCases)
    func I2_anonymousPeersGetFiveBytesThatBeginWithZero(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let first = try DealerSocket(context)
            let second = try DealerSocket(context)
            let endpoint = try await link(router, first, over: transport)
            try await join(second, to: router, at: endpoint)
            try await first.send("first")
            try await second.send("second")
            let messages = [try await router.next(), try await router.next()]
            for message in messages {
                #expect(message.count == 2)
                #expect(message.firstFrame.count == 5)
                #expect(message.firstFrame.array.first == 0)
            }
            #expect(messages[0].firstFrame != messages[1].firstFrame)
            for message in messages { try await router.send([message[0], message[1]]) }
            #expect(try await first.next() == "first")
            #expect(try await second.next() == "second")
        }
    }

    @Test func I2_generatedIDsCountUp() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            var numbers: [UInt32] = []
            for _ in 0..<3 {
                let peer = try await RawPeer.connect(endpoint, as: "DEALER")
                try await peer.send(["hello"])
                let id = try await router.next().firstFrame.array
                numbers.append(id.dropFirst().reduce(0) { $0 << 8 | UInt32($1) })
            }
            #expect(numbers[1] == numbers[0] &+ 1)
            #expect(numbers[2] == numbers[1] &+ 1)
        }
    }

    // MARK: connectRoutingID

    @Test(arguments: TestTransport.allCases)
    func I11_connectRoutingIDNamesThePeerOfTheNextConnectOnly(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(
                context, options: options { $0.connectRoutingID = try? RoutingID("peer") })
            let named = try DealerSocket(
                context, options: options { $0.routingID = try? RoutingID("its own name") })
            let other = try DealerSocket(
                context, options: options { $0.routingID = try? RoutingID("other") })
            try await link(named, router, over: transport)
            #expect(router.options.connectRoutingID == nil)
            try await link(other, router, over: transport)
            try await router.send(["peer", "one"])
            #expect(try await named.next() == "one")
            try await router.send(["other", "two"])
            #expect(try await other.next() == "two")
            try await named.send("three")
            #expect(try await router.next() == ["peer", "three"])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func I11_aDuplicateIsAnErrorAndChangesNothing(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(
                context, options: options { $0.connectRoutingID = try? RoutingID("peer") })
            let first = try DealerSocket(context)
            let second = try DealerSocket(context)
            try await link(first, router, over: transport)
            let endpoint = try second.bind(transport.freshEndpoint)
            try router.updateOptions { $0.connectRoutingID = try? RoutingID("peer") }
            #expect(await thrownCode { try router.connect(endpoint) } == .duplicatePeer)
            try await router.send(["peer", "still here"])
            #expect(try await first.next() == "still here")
            // The socket goes on as if the call had not been.
            try await join(router, to: second, at: endpoint)
            #expect(router.statistics.peers == 2)
        }
    }

    @Test func I11_theNameIsGivenWithImmediateToo() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let router = try RouterSocket(
                context,
                options: options {
                    $0.connectRoutingID = try? RoutingID("peer")
                    $0.immediate = true
                })
            try router.connect(listener.endpoint)
            let peer = try await listener.accept(as: "DEALER")
            try await peer.send(["hello"])
            #expect(try await router.next() == ["peer", "hello"])
            try await router.send(["peer", "back"])
            #expect(try await peer.receiveTexts() == ["back"])
            try router.updateOptions { $0.connectRoutingID = try? RoutingID("peer") }
            #expect(await thrownCode { try router.connect(listener.endpoint) } == .duplicatePeer)
        }
    }

    @Test func I11_theNameStaysWithTheEndpointAcrossReconnects() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let router = try RouterSocket(
                context,
                options: options {
                    $0.connectRoutingID = try? RoutingID("peer")
                    $0.reconnectInterval = .milliseconds(10)
                })
            try router.connect(listener.endpoint)
            for round in 0..<3 {
                let peer = try await listener.accept(as: "DEALER", id: Array("own\(round)".utf8))
                try await router.send(["peer", "hello \(round)".frame])
                #expect(try await peer.receiveTexts() == ["hello \(round)"])
                peer.close()
                try await eventually("the loss is seen") {
                    router.statistics.reconnects >= UInt64(round + 1)
                }
            }
        }
    }
}
