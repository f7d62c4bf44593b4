#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Rows M of the bad-input matrix.
    @Suite(.timeLimit(.minutes(1))) struct MetadataBadInputTests {
        private let type = WireText.property("Socket-Type", "PUSH")

        private func ready(_ metadata: [UInt8]) -> [UInt8] { WireText.command("READY", metadata) }

        private func ready(_ name: Comment, _ metadata: [UInt8]) -> Attack {
            Attack(name, ready(metadata))
        }

        @Test func BI_M1_noSocketType() async throws {
            try await expectClosed(
                [
                    ready("nothing", []),
                    ready("only an identity", WireText.property("Identity", "x")),
                ], .afterGreeting, reason: "socket type is missing")
        }

        @Test func BI_M2_unknownSocketType() async throws {
            try await expectClosed(
                ["WALRUS", "", "push", "PUSH ", "PUSH\0"].map {
                    Attack("\($0)", WireText.ready($0))
                }, .afterGreeting, reason: "does not talk to")
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let peer = try arena.intruder()
                try await peer.send(WireText.greeting() + WireText.ready("WALRUS"))
                _ = try await peer.receive(64)
                _ = try await peer.receiveFrame()
                let answer = try await peer.receiveFrame()
                #expect(answer.flags == 4)
                #expect(
                    answer.body
                        == [5] + Array("ERROR".utf8) + [19] + Array("Invalid socket type".utf8))
                #expect(await peer.waitForEnd() != nil)
            }
        }

        @Test func BI_M3_incompatibleSocketType() async throws {
            try await expectClosed(
                ["SUB", "PULL", "REQ", "ROUTER", "PUB"].map { Attack("\($0)", WireText.ready($0)) },
                .afterGreeting, reason: "does not talk to", on: [.pull])
        }

        @Test func BI_M3_connectorStopsOnError() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let push = try PushSocket(
                    context, options: .with { $0.reconnectInterval = .milliseconds(10) })
                let log = Journal(push)
                try push.connect(listener.endpoint)
                let peer = try await listener.accept()
                try await peer.send(
                    WireText.greeting()
                        + WireText.command("ERROR", [7] + Array("go away".utf8)))
                #expect(await peer.waitForEnd() != nil)
                await log.wait(.handshakeFailed, reason: "go away")
                await log.wait(.connectStopped, reason: "go away")
                await #expect(throws: WirePeerError.self) {
                    _ = try await listener.accept(within: .milliseconds(200))
                }
                #expect(push.statistics.peers == 0)
            }
        }

        @Test func BI_M4_socketTypeTwice() async throws {
            try await expectClosed(
                [
                    ready("same", type + type),
                    ready("other case", type + WireText.property("SOCKET-TYPE", "PUSH")),
                    ready(
                        "other property",
                        type + WireText.property("X-A", "1")
                            + WireText.property("x-a", "2")),
                ], .afterGreeting, reason: "given twice")
        }

        @Test func BI_M5_letterCaseOfNames() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                for name in ["socket-type", "SOCKET-TYPE", "sOcKeT-tYpE"] {
                    let peer = try arena.intruder()
                    try await peer.send(
                        WireText.greeting() + ready(WireText.property(name, "PUSH"))
                            + WireText.frame("recognised"))
                    #expect(try await arena.receive() == "recognised")
                }
                try await arena.talk()
            }
        }

        @Test func BI_M6_emptyName() async throws {
            try await expectClosed(
                [ready("empty", type + [0, 0, 0, 0, 1, 65]), ready("only", [0, 0, 0, 0, 0])],
                .afterGreeting, reason: "property name")
        }

        @Test func BI_M7_charactersInNames() async throws {
            try await expectClosed(
                ["X A", "X/A", "X\0", "Ä", "X:"].map {
                    ready("\($0)", type + WireText.property($0, "v"))
                }, .afterGreeting, reason: "property name", on: [.pull])
        }

        @Test func BI_M8_nameBeyondTheData() async throws {
            try await expectClosed(
                [ready("by one", type + [2, 65]), ready("by far", type + [255, 65])],
                .afterGreeting, reason: "does not fit")
        }

        @Test func BI_M9_valueBeyondTheData() async throws {
            try await expectClosed(
                [
                    ready("nothing left", type + [1, 0x61, 0, 0, 0xFF, 0xFF]),
                    ready("one short", type + [1, 0x61, 0, 0, 0, 2, 65]),
                    ready("size cut", type + [1, 0x61, 0, 0]),
                    ready("no size", type + [1, 0x61]),
                ], .afterGreeting, reason: "metadata", on: [.pull])
        }

        @Test func BI_M10_valueSizesNearTheEndOfTheNumbers() async throws {
            try await expectClosed(
                [0x8000_0000, 0xFFFF_FFFF, 0x7FFF_FFFF].map {
                    ready("\($0)", type + WireText.property("X-A", [1], announced: $0))
                }, .afterGreeting, reason: "metadata")
        }

        @Test func BI_M11_strayByteAtTheEnd() async throws {
            try await expectClosed(
                [0, 1, 255].map { ready("\($0)", type + [$0]) }, .afterGreeting, reason: "metadata",
                on: [.pull])
        }

        @Test func BI_M12_tooMuchMetadata() async throws {
            let big = [UInt8](repeating: 65, count: 32 << 10)
            let many = (0..<64).flatMap { WireText.property("X-\($0)", "") }
            try await expectClosed(
                [
                    ready(
                        "1 MiB",
                        type + WireText.property("X-A", [UInt8](repeating: 65, count: 1 << 20))),
                    ready("value", type + WireText.property("X-A", big + [65])),
                    ready("65 properties", type + many),
                    ready(
                        "10^5 properties",
                        type + (0..<100_000).flatMap { WireText.property("X\($0)", "") }),
                    Attack("announced", WireText.longHeader(1 << 60, flags: 4)),
                ], .afterGreeting, reason: "over the limit", on: [.pull])
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                for metadata in [type + WireText.property("X-A", big), type + many.dropLast(9)] {
                    let peer = try arena.intruder()
                    try await peer.send(
                        WireText.greeting() + ready(Array(metadata))
                            + WireText.frame("at the limit"))
                    #expect(try await arena.receive() == "at the limit")
                }
                try await arena.talk()
            }
        }

        @Test func BI_M13_badIdentities() async throws {
            let dealer = WireText.property("Socket-Type", "DEALER")
            try await expectClosed(
                [
                    ready(
                        "256 bytes",
                        dealer + WireText.property("Identity", [UInt8](repeating: 1, count: 256))),
                    ready("leading zero", dealer + WireText.property("Identity", [0, 1, 2, 3, 4])),
                    ready("only zero", dealer + WireText.property("Identity", [0])),
                ], .afterGreeting, reason: "routing id", on: [.router])
        }

        @Test func BI_M14_identityWhereNoneIsUsed() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                for identity in [[], [1], [0, 9], [UInt8](repeating: 7, count: 300)] as [[UInt8]] {
                    let peer = try arena.intruder()
                    try await peer.send(
                        WireText.greeting() + WireText.ready("PUSH", identity: identity)
                            + WireText.frame("fine"))
                    #expect(try await arena.receive() == "fine")
                }
                try await arena.talk()
            }
        }

        @Test func BI_M15_duplicateIdentityIsClosedWithoutError() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.router, in: context)
                let first = try await arena.guest(identity: Array("twin".utf8))
                try await first.send(WireText.frame("I am first"))
                #expect(try await arena.receive() == ["twin", "I am first"])
                let second = try arena.intruder()
                try await second.send(
                    WireText.greeting() + WireText.ready("DEALER", identity: Array("twin".utf8))
                        + WireText.frame("lost"))
                let end = await second.waitForEnd()
                // Our greeting and our READY, no ERROR: a libzmq peer would never come back.
                #expect(end?.rest.contains(Array("ERROR".utf8)) == false)
                await arena.log.wait(.peerRefused, reason: "twin")
                try await arena.talk()
                try await first.send(WireText.frame("and last"))
                #expect(try await arena.receive() == ["twin", "and last"])
                first.close()
                await arena.log.wait(.disconnected)
                let third = try await arena.guest(identity: Array("twin".utf8))
                try await third.send(WireText.frame("free again"))
                #expect(try await arena.receive() == ["twin", "free again"])
            }
        }

        @Test func BI_M16_binaryValues() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let peer = try arena.intruder()
                let noise = (0...255).map { UInt8($0) }
                try await peer.send(
                    WireText.greeting() + ready(type + WireText.property("X-Noise", noise))
                        + WireText.frame("text"))
                #expect(try await arena.receive() == "text")
                let other = try arena.intruder()
                try await other.send(
                    WireText.greeting()
                        + ready(
                            WireText.property("Socket-Type", [0x1B, 0x5B, 0x32, 0x4A, 0, 0xFF])))
                #expect(await other.waitForEnd() != nil)
                let event = await arena.log.wait(.handshakeFailed)
                let isPrintable = event?.reason?.unicodeScalars.allSatisfy { $0.value >= 32 }
                #expect(isPrintable == true)
                try await arena.talk()
            }
        }

        @Test func BI_M17_reservedNamesOfThePeer() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                for name in ["User-Id", "Peer-Address", "__fd", "Resource", "X-Own"] {
                    let peer = try arena.intruder()
                    try await peer.send(
                        WireText.greeting() + ready(type + WireText.property(name, "root"))
                            + WireText.frame("harmless"))
                    #expect(try await arena.receive() == "harmless")
                }
                try await arena.talk()
            }
        }

        @Test func BI_M18_readyBeforeTheGreetingEnds() async throws {
            try await expectClosed(
                [
                    Attack("first", WireText.ready("PUSH")),
                    Attack(
                        "after ten bytes",
                        Array(WireText.greeting().prefix(10)) + WireText.ready("PUSH")
                            + [UInt8](repeating: 0, count: 64)),
                ], .first, reason: "", on: [.pull])
        }

        @Test func BI_M2_commandsInsteadOfReady() async throws {
            try await expectClosed(
                [
                    Attack("PING", WireText.ping()),
                    Attack("SUBSCRIBE", WireText.command("SUBSCRIBE")),
                    Attack("HELLO", WireText.command("HELLO", [0, 0])),
                    Attack("unknown", WireText.command("WALTZ")),
                    Attack("ready", WireText.command("ready", type)),
                ], .afterGreeting, reason: "out of place")
        }
    }
#endif
