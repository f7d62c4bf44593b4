#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// What port scanners, browsers and strangers send: none of it is delivered, none of it harms.
    @Suite(.timeLimit(.minutes(1))) struct ScannerTests {
        static let corpus: [Attack] = [
            Attack("HTTP/1.1", Array("GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: b\r\n\r\n".utf8)),
            Attack("HTTP/2", Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)),
            Attack("WebSocket", Array("GET /x HTTP/1.1\r\nUpgrade: websocket\r\n\r\n".utf8)),
            Attack(
                "TLS",
                [0x16, 3, 1, 0, 0x2F, 1, 0, 0, 0x2B, 3, 3] + [UInt8](repeating: 7, count: 41)),
            Attack("SSH", Array("SSH-2.0-OpenSSH_9.6p1 Debian-4\r\n".utf8)),
            Attack("Redis", Array("*1\r\n$4\r\nPING\r\n".utf8)),
            Attack("Modbus", [0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 10]),
            Attack("SMB", [0, 0, 0, 0x85, 0xFF, 0x53, 0x4D, 0x42, 0x72, 0, 0, 0, 0, 0x18]),
            Attack("RDP", [3, 0, 0, 0x13, 0x0E, 0xE0, 0, 0, 0, 0, 0, 1, 0, 8, 0, 3, 0, 0, 0]),
            Attack("telnet", [0xFF, 0xFB, 0x1F, 0xFF, 0xFB, 0x20, 0xFF, 0xFB, 0x18, 0xFF, 0xFB]),
            Attack("DNS", [0, 0x1E, 0, 6, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 7]),
            Attack("zeros", [UInt8](repeating: 0, count: 4096)),
            Attack("ones", [UInt8](repeating: 0xFF, count: 4096)),
            Attack("line ends", Array("\r\n\r\n".utf8)),
        ]

        @Test(arguments: Arena.Kind.allCases)
        func K15_scannerCorpusDoesNoHarm(kind: Arena.Kind) async throws {
            try await withLiveContext { context in
                let arena = try await Arena(kind, in: context)
                var failures = 0
                for attack in Self.corpus {
                    let whole = try arena.intruder()
                    _ = whole.sendAsMuchAsFits(attack.bytes)
                    let half = try arena.intruder()
                    _ = half.sendAsMuchAsFits(Array(attack.bytes.prefix(attack.bytes.count / 2)))
                    try await arena.talk()
                    half.close()
                    #expect(await whole.waitForEnd() != nil, attack.name)
                    failures += 2
                    await arena.log.wait(.handshakeFailed, count: failures)
                    try await arena.talk()
                }
                #expect(arena.socket.statistics.handshakeFailures == UInt64(failures))
            }
        }

        @Test func connectAndResetManyTimes() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.router, in: context)
                for round in 0..<500 {
                    let peer = try arena.intruder()
                    if round % 3 == 1 { _ = peer.sendAsMuchAsFits(WireText.greeting()) }
                    if round % 3 == 2 {
                        _ = peer.sendAsMuchAsFits(Array(WireText.greeting().prefix(round % 64)))
                    }
                    if round % 2 == 0 { peer.reset() } else { peer.close() }
                    if round % 100 == 0 { try await arena.talk() }
                }
                await expectSoon("all of them have ended") {
                    arena.log.count(.accepted) == arena.log.count(.handshakeFailed) + 1
                }
                try await arena.talk()
                #expect(arena.socket.statistics.peers == 1)
            }
        }

        @Test func OSV_2022_478_streamSocketTakesNoise() async throws {
            try await withLiveContext { context in
                let stream = try StreamSocket(
                    context, options: .with { $0.receiveTimeout = patience })
                let endpoint = try stream.bindLoopback()
                for round in 0..<30 {
                    let peer = try WirePeer(to: endpoint)
                    let hello = try await stream.receive()
                    #expect(hello.count == 2 && hello[0].count == 5 && hello[1].isEmpty)
                    let attack = Self.corpus[round % Self.corpus.count]
                    try await peer.send(attack.bytes)
                    var got: [UInt8] = []
                    while got.count < attack.bytes.count {
                        let piece = try await stream.receive()
                        #expect(piece[0] == hello[0])
                        got += piece[1].array
                    }
                    #expect(got == attack.bytes)
                    if round % 2 == 0 { peer.reset() } else { peer.close() }
                    #expect(try await stream.receive() == Message([hello[0], Frame()]))
                }
            }
        }
    }
#endif
