#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Rows F of the bad-input matrix.
    @Suite(.timeLimit(.minutes(1))) struct FrameBadInputTests {
        @Test func BI_F1_reservedFlagBits() async throws {
            try await expectClosed(
                [8, 16, 32, 64, 128, 0xF8, 0xFF].map { Attack("\($0)", [$0, 1, 65]) },
                .afterHandshake, reason: "reserved bits", on: [.pull, .router, .publisher])
        }

        @Test func BI_F2_longFormOfAShortSize() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                for body in [[], [65], [UInt8](repeating: 66, count: 255)] as [[UInt8]] {
                    try await guest.send(WireText.longHeader(UInt64(body.count)) + body)
                    #expect(try await arena.receive() == Message(body))
                }
                try await arena.talk()
            }
        }

        @Test func BI_F3_sizeAboveTheLimit() async throws {
            try await expectClosed(
                [Attack("1001", WireText.longHeader(1001) + [UInt8](repeating: 0, count: 1001))],
                .afterHandshake, reason: "1001 bytes", on: [.pull, .router, .publisher]
            ) { $0.maxMessageSize = 1000 }
            try await expectClosed(
                [Attack("64 MiB + 1", WireText.longHeader(64 << 20 + 1))],
                .afterHandshake, reason: "\(64 << 20 + 1) bytes")
        }

        @Test func BI_F3_sizeAtTheLimit() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context) { $0.maxMessageSize = 1000 }
                let guest = try await arena.guest()
                let body = [UInt8](repeating: 7, count: 1000)
                try await guest.send(WireText.frame(body))
                #expect(try await arena.receive() == Message(body))
                try await arena.talk()
            }
        }

        @Test func BI_F3_connectorRetries() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let pull = try PullSocket(
                    context,
                    options: .with {
                        $0.reconnectInterval = .milliseconds(20)
                        $0.maxMessageSize = 1000
                        $0.receiveTimeout = patience
                    })
                let log = Journal(pull)
                try pull.connect(listener.endpoint)
                let bad = try await listener.accept()
                try await bad.shakeHands(as: "PUSH")
                try await bad.send(WireText.longHeader(1 << 40))
                #expect(await bad.waitForEnd() != nil)
                await log.wait(.disconnected, reason: "\(1 << 40) bytes")
                let good = try await listener.accept()
                try await good.shakeHands(as: "PUSH")
                try await good.send(WireText.frame("fine"))
                #expect(try await pull.receive() == "fine")
            }
        }

        @Test func BI_F4_sizesNearTheEndOfTheNumbers() async throws {
            let sizes: [UInt64] = [
                1 << 63, .max, 1 << 62, 1 << 36, .max - 9, .max - 75, 1 << 63 - 1, 1 << 32,
            ]
            let attacks = sizes.map {
                Attack("\($0)", WireText.longHeader($0) + [UInt8](repeating: 1, count: 65536))
            }
            for limit in [64 << 20, nil] as [Int?] {
                try await expectClosed(
                    limit == nil ? attacks.filter { $0.bytes[1] >= 0x80 } : attacks,
                    .afterHandshake, reason: "bytes is over the limit",
                    on: [.pull, .router, .reply, .publisher, .xPublisher]
                ) { $0.maxMessageSize = limit }
            }
        }

        @Test func BI_F6_emptyFrames() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                try await guest.send([0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 1, 65])
                #expect(try await arena.receive() == Message(Frame()))
                #expect(try await arena.receive() == Message([Frame(), Frame()]))
                #expect(try await arena.receive() == Message([Frame(), Frame(), Frame("A")]))
                try await arena.talk()
            }
        }

        @Test func BI_F7_endlessMore() async throws {
            var bytes: [UInt8] = []
            for _ in 0...65_536 { bytes += [1, 0] }
            try await expectClosed(
                [Attack("frames", bytes)], .afterHandshake, reason: "more frames than the limit")
        }

        @Test func BI_F7_asManyFramesAsAllowed() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                try await guest.send([UInt8](repeatElement([1, 0], count: 65_535).joined()))
                try await guest.send([0, 1, 65])
                let message = try await arena.receive()
                #expect(message.count == 65_536 && message.last == "A")
                try await arena.talk()
            }
        }

        @Test func BI_F7_partialMessageIsCounted() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                var bytes: [UInt8] = []
                for _ in 0...65_536 { bytes += [1, 0] }
                try await guest.send(bytes)
                #expect(await guest.waitForEnd() != nil)
                await expectSoon("the message is counted") {
                    arena.socket.statistics.dropped[.truncated] == 1
                }
                try await arena.talk()
            }
        }

        @Test func BI_F8_moreOnACommand() async throws {
            try await expectClosed(
                [
                    Attack("PING", WireText.command("PING", [0, 0], flags: 5)),
                    Attack("long", WireText.longHeader(7, flags: 5) + [4, 80, 73, 78, 71, 0, 0]),
                    Attack("SUBSCRIBE", WireText.command("SUBSCRIBE", [65], flags: 5)),
                ], .afterHandshake, reason: "more frames follow", on: [.pull, .router, .publisher])
        }

        @Test func BI_F9_malformedCommandNames() async throws {
            try await expectClosed(
                [
                    Attack("no body", [4, 0]),
                    Attack("empty name", [4, 1, 0]),
                    Attack("name beyond the body", [4, 2, 2, 65]),
                    Attack("name far beyond the body", [4, 4, 255, 80, 73, 78]),
                    Attack("long form", WireText.longHeader(1, flags: 4) + [9]),
                ], .afterHandshake, reason: "without a proper name",
                on: [.pull, .router, .publisher])
        }

        @Test func BI_F10_unknownCommandsAreIgnoredUpToALimit() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                let unknown = WireText.command("WALTZ", [1, 2, 3])
                for _ in 0..<1000 { try await guest.send(unknown) }
                try await guest.send(WireText.frame("still here"))
                #expect(try await arena.receive() == "still here")
                #expect(arena.socket.statistics.ignoredFrames == 1000)
                try await guest.send(unknown)
                #expect(await guest.waitForEnd() != nil)
                await arena.log.wait(.disconnected, reason: "useless frames")
                try await arena.talk()
            }
        }

        @Test func BI_F11_handshakeCommandsDuringTraffic() async throws {
            try await expectClosed(
                [
                    Attack("READY", WireText.ready("PUSH")),
                    Attack("HELLO", WireText.command("HELLO", [0, 0])),
                    Attack("ERROR", WireText.command("ERROR", [3, 65, 66, 67])),
                    Attack("WELCOME", WireText.command("WELCOME")),
                    Attack("INITIATE", WireText.command("INITIATE")),
                ], .afterHandshake, reason: "out of place", on: [.pull, .router, .publisher])
        }

        @Test func BI_F12_messageBeforeReady() async throws {
            try await expectClosed(
                [
                    Attack("message", WireText.frame("hello")),
                    Attack("READY as a message", [0] + WireText.ready("PUSH").dropFirst()),
                    Attack("large", WireText.longHeader(1 << 30)),
                    Attack("more", WireText.frame("hello", flags: 1)),
                ], .afterGreeting, reason: "before the end of the handshake")
        }

        @Test func BI_F14_truncatedThenEnd() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let pieces: [[UInt8]] = [
                    [0], [0, 5, 1, 2], [1, 2, 65, 66], [1, 1, 65, 0, 4, 1],
                    WireText.longHeader(100_000) + [UInt8](repeating: 5, count: 50_000),
                    WireText.longHeader(20) + [1], [2, 0, 0, 0],
                ]
                for (index, piece) in pieces.enumerated() {
                    let guest = try await arena.guest()
                    try await guest.send(WireText.frame("whole") + piece)
                    guest.shutdownSend()
                    #expect(try await arena.receive() == "whole")
                    await arena.log.wait(.disconnected, count: index + 1)
                    #expect(arena.socket.statistics.dropped[.truncated] == UInt64(index + 1))
                    try await arena.talk()
                }
            }
        }

        /// A message that nobody was to receive, and what was none, is not lost.
        @Test(arguments: [Arena.Kind.pull, .xPublisher, .publisher]) func BI_F14_notAMessage(
            _ kind: Arena.Kind
        ) async throws {
            try await withLiveContext { context in
                let arena = try await Arena(kind, in: context)
                var pieces: [[UInt8]] = [
                    [0x80] + Array("junk".utf8), [4], [4, 30, 4] + Array("PI".utf8),
                    WireText.longHeader(1000, flags: 4) + [9] + Array("SUBSCRIBE".utf8),
                ]
                // The beginning of a subscription in its old form.
                if kind != .pull { pieces += [[0, 9, 1, 65], WireText.longHeader(500) + [0, 1]] }
                if kind == .publisher { pieces += [[0], [0, 9, 70, 70], [1, 9]] }
                for (index, piece) in pieces.enumerated() {
                    let guest = try await arena.guest()
                    try await guest.send(piece)
                    guest.shutdownSend()
                    await arena.log.wait(.disconnected, count: index + 1)
                    try await arena.talk()
                }
                #expect(arena.socket.statistics.dropped[.truncated] == nil)
            }
        }

        @Test func BI_F14_nothingIsLostInAHandshakeOrBySenders() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let intruder = try arena.intruder()
                try await intruder.send(WireText.greeting() + [4, 20, 5, 82])
                intruder.shutdownSend()
                await arena.log.wait(.handshakeFailed)
                #expect(arena.socket.statistics.dropped == [:])
                let push = try PushSocket(context)
                let log = Journal(push)
                let endpoint = try push.bindLoopback()
                let pieces: [[UInt8]] = [[0x80, 1], [0], [0, 9, 1], [1, 1, 1]]
                for (index, piece) in pieces.enumerated() {
                    let guest = try await WirePeer.established(to: endpoint, as: "PULL")
                    try await guest.send(piece)
                    guest.shutdownSend()
                    await log.wait(.disconnected, count: index + 1)
                }
                #expect(push.statistics.dropped == [:])
            }
        }

        @Test func BI_F15_truncatedThenReset() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                for index in 1...20 {
                    let guest = try await arena.guest()
                    // The peer's kernel must have handed all over before it resets.
                    try await guest.send(WireText.frame("complete") + WireText.ping(context: [9]))
                    #expect(try await guest.receiveFrame().body.suffix(1) == [9])
                    try await guest.send([1, 200, 1, 2, 3])
                    guest.reset()
                    #expect(try await arena.receive() == "complete")
                    await arena.log.wait(.disconnected, count: index)
                    try await arena.talk()
                }
            }
        }

        @Test func BI_F16_messagesWhereNoneIsLegal() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context)
                let log = Journal(push)
                let endpoint = try push.bindLoopback()
                let guest = try await WirePeer.established(to: endpoint, as: "PULL")
                for _ in 0..<1000 { try await guest.send(WireText.frame("unwanted")) }
                await expectSoon("1000 are dropped") {
                    push.statistics.dropped[.notAccepted] == 1000
                }
                try await push.send("wanted")
                #expect(try await guest.receiveFrame().body == Array("wanted".utf8))
                try await guest.send(WireText.frame("one too many"))
                #expect(await guest.waitForEnd() != nil)
                await log.wait(.disconnected, reason: "useless frames")
                let honest = try await WirePeer.established(to: endpoint, as: "PULL")
                try await push.send("to another")
                #expect(try await honest.receiveFrame().body == Array("to another".utf8))
            }
            try await withLiveContext { context in
                let arena = try await Arena(.publisher, in: context)
                let guest = try await arena.guest()
                for _ in 0..<1000 { try await guest.send(WireText.frame("unwanted")) }
                await expectSoon("1000 are dropped") {
                    arena.socket.statistics.dropped == [.notAccepted: 1000]
                }
                try await arena.talk()
                try await guest.send(WireText.frame("one too many"))
                #expect(await guest.waitForEnd() != nil)
                await arena.log.wait(.disconnected, reason: "useless frames")
                try await arena.talk()
            }
        }

        @Test func BI_F17_halfClosedPeerEnds() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.router, in: context)
                let guest = try await arena.guest(identity: Array("half".utf8))
                try await guest.send(WireText.frame("last words"))
                guest.shutdownSend()
                #expect(try await arena.receive() == ["half", "last words"])
                #expect(await guest.waitForEnd() != nil)
                await arena.log.wait(.disconnected, reason: "closed by the peer")
                try await arena.talk()
            }
        }

        @Test func BI_F17_bytesAfterWeClosed() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                try await guest.send([0xFF, 0, 0])
                for _ in 0..<100 {
                    _ = guest.sendAsMuchAsFits([UInt8](repeating: 3, count: 10_000))
                    try await arena.talk()
                }
                #expect(await guest.waitForEnd() != nil)
                try await arena.talk()
            }
        }

        @Test func BI_F19_oneByteSegmentsAndManyTinyFrames() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                let body = (0..<20_000).map { UInt8(truncatingIfNeeded: $0) }
                for byte in WireText.frame(body) { try await guest.send([byte]) }
                #expect(try await arena.receive() == Message(body))
                let count = 100_000
                let sending = Task {
                    var bytes: [UInt8] = []
                    for index in 0..<count { bytes += [0, 1, UInt8(truncatingIfNeeded: index)] }
                    try await guest.send(bytes)
                }
                for index in 0..<count {
                    let message = try await arena.receive()
                    guard message == Message([UInt8(truncatingIfNeeded: index)]) else {
                        Issue.record("message \(index) is \(message)")
                        break
                    }
                }
                try await sending.value
                try await arena.talk()
            }
        }
    }
#endif
