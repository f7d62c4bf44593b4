#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Every known vulnerability of libzmq that concerns NULL, tried on live sockets.
    @Suite(.timeLimit(.minutes(1))) struct CVETests {
        @Test func CVE_2014_7202_G14_noOlderProtocolIsTalkedDownTo() async throws {
            let legacy = [
                Attack("1.0, anonymous", [1, 0] + WireText.frame("hello")),
                Attack("1.0, long header", [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7E, 0, 65]),
                Attack("2.0", [0xFF, 0, 0, 0, 0, 0, 0, 0, 1, 0x7F, 1, 8, 0, 0]),
            ]
            for attack in legacy {
                try await expectClosed([attack], .first, reason: "the peer", on: [.pull, .router])
            }
            // The same towards our own client.
            try await withLiveContext { context in
                let listener = try WireListener()
                let dealer = try DealerSocket(
                    context, options: .with { $0.reconnectInterval = .milliseconds(10) })
                let log = Journal(dealer)
                try dealer.connect(listener.endpoint)
                for (index, attack) in legacy.enumerated() {
                    let server = try await listener.accept()
                    try await server.send(attack.bytes)
                    #expect(await server.waitForEnd() != nil)
                    await log.wait(.handshakeFailed, count: index + 1)
                }
                #expect(try dealer.tryReceive() == nil)
            }
        }

        @Test func CVE_2014_9721_noiseIsNeverDelivered() async throws {
            var random = SplitMix64(seed: 9721)
            for kind in [Arena.Kind.pull, .router, .reply, .subscriber] {
                try await withLiveContext { context in
                    let arena = try await Arena(kind, in: context)
                    for _ in 0..<100 {
                        let peer = try arena.intruder()
                        let size = Int.random(in: 1...512, using: &random)
                        let noise = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random)
                        }
                        _ = peer.sendAsMuchAsFits(noise)
                        peer.close()
                    }
                    await arena.log.wait(.handshakeFailed, count: 100)
                    try await arena.talk()
                    #expect(arena.socket.statistics.messagesReceived == 1)
                }
            }
        }

        @Test func CVE_2019_6250_frameSizesThatWrapAround() async throws {
            let junk = [UInt8](repeating: 0x41, count: 64 << 10)
            var sizes: [UInt64] = [.max, 1 << 63 - 1, 1 << 63]
            for already in [8, 9, 64, 73, 8192, 65536] as [UInt64] { sizes.append(0 &- already) }
            for kind in Arena.Kind.allCases {
                try await expectClosed(
                    sizes.map { Attack("\($0)", WireText.longHeader($0) + junk) }, .afterHandshake,
                    reason: "over the limit", on: [kind])
            }
            // And as the older framing, as vulnerability scanners send it.
            let scanner: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xDA, 0]
            try await expectClosed(
                [Attack("1.0", scanner + junk)], .first, reason: "does not speak ZMTP")
        }

        @Test func CVE_2019_13132_metadataOfAllSizes() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let dealer = try DealerSocket(
                    context, options: .with { $0.reconnectInterval = .milliseconds(5) })
                let log = Journal(dealer)
                try dealer.connect(listener.endpoint)
                let type = WireText.property("Socket-Type", "ROUTER")
                var failures = 0
                for size in [
                    0, 1, 254, 255, 256, 257, 1024, 32 << 10, 32 << 10 + 1, 65_535, 1 << 20,
                ] {
                    let server = try await listener.accept()
                    let value = [UInt8](repeating: 0x42, count: size)
                    let ready = WireText.command("READY", type + WireText.property("X-Big", value))
                    _ = server.sendAsMuchAsFits(WireText.greeting() + ready)
                    if size <= 32 << 10 {
                        try await dealer.send(Message("\(size)"))
                        _ = try await server.receive(64)
                        _ = try await server.receiveFrame()
                        #expect(try await server.receiveFrame().body == Array("\(size)".utf8))
                    } else {
                        failures += 1
                        await log.wait(.handshakeFailed, count: failures, reason: "over the limit")
                    }
                    server.close()
                }
            }
        }

        @Test(arguments: [1, 10, 300])
        func CVE_2020_15166_silentPeersStarveNobody(count: Int) async throws {
            try await withLiveContext { context in
                for kind in [Arena.Kind.reply, .router, .pull, .subscriber, .dealer] {
                    let arena = try await Arena(kind, in: context)
                    var idle: [WirePeer] = []
                    for index in 0..<count {
                        let peer = try arena.intruder()
                        if index % 3 == 1 { try await peer.send(WireText.greeting()) }
                        if index % 3 == 2 {
                            try await peer.send(
                                WireText.greeting() + WireText.ready(kind.peerType).prefix(9))
                        }
                        idle.append(peer)
                    }
                    for _ in 0..<50 { try await arena.talk() }
                    #expect(arena.socket.statistics.peers == 1)
                    for peer in idle { peer.close() }
                }
            }
        }

        @Test func CVE_2020_15166_sendersDoNotRouteToSilentPeers() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context, options: .with { $0.sendTimeout = patience })
                let log = Journal(push)
                let endpoint = try push.bindLoopback()
                let silent = try (0..<10).map { _ in try WirePeer(to: endpoint) }
                for peer in silent { try await peer.send(WireText.greeting()) }
                await log.wait(.accepted, count: 10)
                #expect(try push.trySend("nobody is there") == false)
                let honest = try await WirePeer.established(to: endpoint, as: "PULL")
                for index in 0..<100 { try await push.send(Message("\(index)")) }
                for index in 0..<100 {
                    #expect(try await honest.receiveFrame().body == Array("\(index)".utf8))
                }
            }
        }

        @Test func CVE_2020_36400_sizesAtBufferBoundaries() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                let sizes = [
                    8191, 8192, 8193, 8192, 9000, 16383, 16384, 16385, 65535, 65536, 65537,
                ]
                for size in sizes + sizes.reversed() + [131_072, 1 << 20, 1] {
                    let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                    let pair = WireText.frame(body, flags: 1) + WireText.frame(body)
                    async let sending: Void = guest.send(pair + WireText.frame(body))
                    #expect(try await arena.receive() == Message([Frame(body), Frame(body)]))
                    #expect(try await arena.receive() == Message(body))
                    try await sending
                }
                try await arena.talk()
            }
        }

        @Test func CVE_2021_20235_olderFramingIsRefused() async throws {
            let big = [UInt8](repeating: 1, count: 9000)
            try await expectClosed(
                [Attack("1.0", [1, 0] + [0xFF, 0, 0, 0, 0, 0, 0, 0x23, 0x29, 0] + big + big)],
                .first, reason: "does not speak ZMTP")
        }

        @Test func CVE_2021_20236_longTopicsComeAndGo() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.publisher, in: context)
                for size in [1, 10_000, 64 << 10] {
                    let topic = [UInt8](repeating: 66, count: size)
                    for cancels in [true, false] {
                        let guest = try await arena.guest()
                        try await guest.send(WireText.command("SUBSCRIBE", topic))
                        if cancels { try await guest.send(WireText.command("CANCEL", topic)) }
                        try await guest.send(WireText.ping())
                        _ = try await guest.receiveFrame()
                        #expect(arena.socket.core.subscriberCount == (cancels ? 1 : 2))
                        guest.close()
                        await expectSoon("it is gone") { arena.socket.core.subscriberCount == 1 }
                        try await arena.talk()
                    }
                }
            }
            try await expectClosed(
                [
                    Attack(
                        "10^6",
                        WireText.command("SUBSCRIBE", [UInt8](repeating: 66, count: 1_000_000)))
                ],
                .afterHandshake, reason: "over the limit", on: [.publisher, .xPublisher])
        }

        @Test func issue1488_BI_F18_oldHeaderThatOverflows() async throws {
            try await expectClosed(
                [
                    Attack(
                        "FFFFFFFFFFFFFFDA",
                        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xDA, 0]
                            + [UInt8](repeating: 0x41, count: 5000))
                ], .first, reason: "does not speak ZMTP")
        }
    }
#endif
