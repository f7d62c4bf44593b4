#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Rows G of the bad-input matrix.
    @Suite(.timeLimit(.minutes(1))) struct GreetingBadInputTests {
        @Test func BI_G1_silentConnectionsAreNotVisible() async throws {
            for kind in Arena.Kind.allCases {
                try await withLiveContext { context in
                    let arena = try await Arena(kind, in: context)
                    try await arena.talk()
                    let peers = arena.socket.statistics.peers
                    let silent = try (0..<50).map { _ in try arena.intruder() }
                    await arena.log.wait(.accepted, count: 51)
                    for _ in 0..<20 { try await arena.talk() }
                    #expect(arena.socket.statistics.peers == peers)
                    for peer in silent { peer.close() }
                    await arena.log.wait(.handshakeFailed, count: 50)
                    try await arena.talk()
                }
            }
        }

        @Test func BI_G2_partialGreetingThenEnd() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let greeting = WireText.greeting()
                for count in 1...63 {
                    let peer = try arena.intruder()
                    try await peer.send(Array(greeting.prefix(count)))
                    peer.shutdownSend()
                    await arena.log.wait(
                        .handshakeFailed, count: count, reason: "closed by the peer")
                    #expect(await peer.waitForEnd() != nil)
                }
                for count in 1...63 {
                    let peer = try arena.intruder()
                    try await peer.send(Array(greeting.prefix(count)))
                    // A connection that is reset before it is accepted is none on some systems.
                    await arena.log.wait(.accepted, count: 1 + 63 + count)
                    peer.reset()
                    await arena.log.wait(.handshakeFailed, count: 63 + count)
                }
                try await arena.talk()
                #expect(arena.socket.statistics.handshakeFailures == 126)
            }
        }

        @Test func BI_G4_firstByteOfAnotherProtocol() async throws {
            try await expectClosed(
                [
                    Attack("HTTP", Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)),
                    Attack("TLS", [0x16, 3, 1, 2, 0, 1, 0, 1, 0xFC, 3, 3]),
                    Attack("SSH", Array("SSH-2.0-OpenSSH_9.6\r\n".utf8)),
                    Attack("ZMTP 1.0, anonymous", [1, 0]),
                    Attack("ZMTP 1.0, identity", [5, 0, 65, 66, 67, 68]),
                ], .first, reason: "does not speak ZMTP")
        }

        @Test func BI_G5_lowBitOfTenthByteClear() async throws {
            try await expectClosed(
                [
                    Attack("7E", WireText.greeting(tenth: 0x7E)),
                    Attack("ZMTP 1.0, long identity", [0xFF, 0, 0, 0, 0, 0, 0, 0, 9, 0, 65]),
                ], .first, reason: "does not speak ZMTP")
        }

        @Test func BI_G6_otherOddTenthByte() async throws {
            try await expectClosed(
                [1, 3, 0x7D, 0xFF].map { Attack("\($0)", WireText.greeting(tenth: $0)) },
                .first, reason: "does not speak ZMTP")
        }

        @Test func BI_G7_paddingIsNotLookedAt() async throws {
            try await expectAccepted([
                Attack("ones", WireText.greeting(padding: [UInt8](repeating: 0xFF, count: 8))),
                Attack("noise", WireText.greeting(padding: [9, 250, 3, 77, 0, 128, 1, 0])),
                Attack("zeros", WireText.greeting(padding: [UInt8](repeating: 0, count: 8))),
            ])
        }

        @Test func BI_G8_revisions0And1() async throws {
            try await expectClosed(
                [0, 1].map { Attack("\($0)", WireText.greeting(major: $0)) }, .first,
                reason: "too old")
        }

        @Test func BI_G9_G8_otherRevisions() async throws {
            try await expectClosed(
                [Attack("2", WireText.greeting(major: 2))], .first, reason: "too old")
            try await expectAccepted(
                [4, 5, 255].map { Attack("\($0)", WireText.greeting(major: $0)) })
        }

        @Test func BI_G10_anyMinorVersion() async throws {
            try await expectAccepted(
                [0, 1, 2, 200, 255].map { Attack("\($0)", WireText.greeting(minor: $0)) })
        }

        @Test func BI_G11_G10_otherMechanism() async throws {
            try await expectClosed(
                [Attack("PLAIN", WireText.greeting(mechanism: Array("PLAIN".utf8)))], .first,
                reason: "PLAIN")
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let peer = try arena.intruder()
                try await peer.send(WireText.greeting(mechanism: Array("CURVE".utf8)))
                // Both reveal what they speak, in full, before the end.
                let end = await peer.waitForEnd()
                #expect(end?.rest.count == 64)
                #expect(end.map { Array($0.rest[12..<17]) } == Array("NULL".utf8) + [0])
                let event = await arena.log.wait(.handshakeFailed)
                #expect(event?.reason?.contains("NULL") == true)
                #expect(event?.reason?.contains("CURVE") == true)
            }
        }

        @Test func BI_G11_connectorRetries() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let push = try PushSocket(
                    context, options: .with { $0.reconnectInterval = .milliseconds(20) })
                let log = Journal(push)
                try push.connect(listener.endpoint)
                for _ in 0..<3 {
                    let peer = try await listener.accept()
                    try await peer.send(WireText.greeting(mechanism: Array("PLAIN".utf8)))
                    #expect(await peer.waitForEnd() != nil)
                }
                await log.wait(.handshakeFailed, count: 3, reason: "mechanism")
                await log.wait(.connectRetried, count: 3)
                let peer = try await listener.accept()
                try await peer.shakeHands(as: "PULL")
                try await push.send("after all")
                #expect(try await peer.receiveFrame().body == Array("after all".utf8))
            }
        }

        @Test func BI_G12_mechanismNamesNotAsTheyShouldBe() async throws {
            try await expectClosed(
                [
                    Attack("lower case", WireText.greeting(mechanism: Array("null".utf8))),
                    Attack("longer", WireText.greeting(mechanism: Array("NULLX".utf8))),
                    Attack("shorter", WireText.greeting(mechanism: Array("NUL".utf8))),
                    Attack("behind zero", WireText.greeting(mechanism: Array("NULL\0X".utf8))),
                    Attack("spaces", WireText.greeting(mechanism: Array("NULL    ".utf8))),
                    Attack(
                        "no terminator",
                        WireText.greeting(mechanism: Array("ABCDEFGHIJKLMNOPQRST".utf8))),
                    Attack(
                        "NULL without terminator",
                        WireText.greeting(mechanism: Array("NULLNULLNULLNULLNULL".utf8))),
                    Attack("empty", WireText.greeting(mechanism: [])),
                    Attack("binary", WireText.greeting(mechanism: [0xFF, 0xFE, 0x00, 0x80])),
                ], .first, reason: "mechanism", on: [.pull])
        }

        @Test func BI_G13_unknownMechanism() async throws {
            try await expectClosed(
                [Attack("FOO", WireText.greeting(mechanism: Array("FOO".utf8)))], .first,
                reason: "FOO")
        }

        @Test func BI_G14_G12_asServerByteIsNoReasonToRefuse() async throws {
            try await expectAccepted(
                [0, 1, 2, 255].map { Attack("\($0)", WireText.greeting(asServer: $0)) })
        }

        @Test func BI_G15_fillerIsNotLookedAt() async throws {
            try await expectAccepted(
                [1, 0x7F, 0xFF].map { Attack("\($0)", WireText.greeting(filler: $0)) })
        }

        @Test func BI_G16_everythingInOneSegmentAndOneByteEach() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                for chops in [false, true] {
                    let peer = try arena.intruder()
                    let count = 1000
                    var bytes = WireText.greeting() + WireText.ready("PUSH")
                    for index in 0..<count { bytes += WireText.frame("message \(index)") }
                    if chops {
                        for byte in bytes { try await peer.send([byte]) }
                    } else {
                        try await peer.send(bytes)
                    }
                    for index in 0..<count {
                        #expect(try await arena.receive() == Message("message \(index)"))
                    }
                    try await arena.talk()
                }
            }
        }

        @Test func BI_G18_peerThatWaitsAfterElevenBytes() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                // Says nothing before it has seen ours.
                let greeting = WireText.greeting()
                for first in [0, 10, 11, 12] {
                    let peer = try arena.intruder()
                    try await peer.send(Array(greeting.prefix(first)))
                    #expect(try await peer.receive(64).first == 0xFF)
                    try await peer.send(Array(greeting.dropFirst(first)))
                    #expect(try await peer.receiveFrame().flags == 4)
                    try await peer.send(WireText.ready("PUSH") + WireText.frame("patient"))
                    #expect(try await arena.receive() == "patient")
                }
                try await arena.talk()
            }
        }
    }
#endif
