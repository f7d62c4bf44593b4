#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Rows S and P of the bad-input matrix.
    @Suite(.timeLimit(.minutes(1))) struct ControlBadInputTests {
        private func subscribe(_ topic: [UInt8]) -> [UInt8] { WireText.command("SUBSCRIBE", topic) }
        private func cancel(_ topic: [UInt8]) -> [UInt8] { WireText.command("CANCEL", topic) }

        // MARK: Subscriptions

        @Test func BI_S1_emptyTopic() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.xPublisher, in: context)
                let guest = try await arena.guest()
                try await guest.send(subscribe([]))
                #expect(try await arena.receive() == Message([1]))
                try await arena.talk()
                #expect(try await guest.receiveFrame().body == Array("honest 1".utf8))
                try await guest.send(cancel([]))
                #expect(try await arena.receive() == Message([0]))
            }
        }

        @Test func BI_S2_cancelOfAnUnknownTopic() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.xPublisher, in: context)
                let guest = try await arena.guest()
                for _ in 0..<100 { try await guest.send(cancel([65, 66])) }
                try await guest.send(cancel([]) + subscribe([67]))
                // Nothing is shown of them.
                #expect(try await arena.receive() == Message([1, 67]))
                try await arena.talk()
            }
        }

        @Test func BI_S3_subscriptionsAsMessages() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.xPublisher, in: context)
                for minor in [0, 1] as [UInt8] {
                    let guest = try arena.intruder()
                    try await guest.shakeHands(as: "SUB", minor: minor)
                    try await guest.send(WireText.frame([1, 65]))
                    #expect(try await arena.receive() == Message([1, 65]))
                    try await guest.send(WireText.frame([0, 65]))
                    #expect(try await arena.receive() == Message([0, 65]))
                }
                try await arena.talk()
            }
        }

        @Test func BI_S4_otherMessagesToPublishers() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.xPublisher, in: context)
                let guest = try await arena.guest()
                try await guest.send(WireText.frame([2, 65]) + WireText.frame([]))
                #expect(try await arena.receive() == Message([2, 65]))
                #expect(try await arena.receive() == Message(Frame()))
                try await arena.talk()
            }
            try await withLiveContext { context in
                let arena = try await Arena(.publisher, in: context)
                let guest = try await arena.guest()
                for _ in 0..<100 { try await guest.send(WireText.frame([2, 65])) }
                await expectSoon("they are dropped") {
                    arena.socket.statistics.dropped[.notAccepted] == 100
                }
                try await arena.talk()
            }
        }

        @Test func BI_S5_tooManyTopics() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.publisher, in: context)
                let guest = try await arena.guest()
                var bytes: [UInt8] = []
                for number in 0...100_000 {
                    bytes += subscribe([
                        UInt8(truncatingIfNeeded: number >> 16),
                        UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number),
                    ])
                }
                do { try await guest.send(bytes) } catch {}
                #expect(await guest.waitForEnd() != nil)
                await arena.log.wait(.disconnected, reason: "too many subscriptions")
                try await arena.talk()
            }
        }

        @Test func BI_S5_tooMuchMemoryForTheTopicsOfAll() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.publisher, in: context) {
                    $0.subscriptionByteLimit = 1 << 20
                }
                let frugal = try await arena.guest()
                try await frugal.send((0..<5000).flatMap { subscribe(Array("frugal/\($0)".utf8)) })
                try await frugal.send(WireText.ping(context: [1]))
                #expect(try await frugal.receiveFrame().body.last == 1)
                let greedy = try await arena.guest()
                let topics = (0..<50_000).flatMap { subscribe(Array("greedy/\($0)".utf8)) }
                do { try await greedy.send(topics) } catch {}
                #expect(await greedy.waitForEnd() != nil)
                await arena.log.wait(.disconnected, reason: "of all peers take too much memory")
                await expectSoon("what it held is free") { arena.socket.statistics.peers == 2 }
                try await frugal.send((0..<999).flatMap { subscribe(Array("late/\($0)".utf8)) })
                try await frugal.send(WireText.ping(context: [2]))
                #expect(try await frugal.receiveFrame().body.last == 2)
                try await arena.talk()
            }
        }

        @Test func BI_S6_topicTooLong() async throws {
            try await expectClosed(
                [
                    Attack("one more", subscribe([UInt8](repeating: 65, count: 64 << 10 + 1))),
                    Attack("100 kB", subscribe([UInt8](repeating: 65, count: 100_000))),
                    Attack(
                        "16 MiB",
                        WireText.longHeader(16 << 20, flags: 4) + [9] + Array("SUBSCRIBE".utf8)),
                    Attack(
                        "as a message",
                        WireText.frame([1] + [UInt8](repeating: 65, count: 64 << 10 + 1))),
                    Attack("as a message, 16 MiB", WireText.longHeader(16 << 20) + [1, 65]),
                    Attack("cancel", cancel([UInt8](repeating: 65, count: 64 << 10 + 1))),
                ], .afterHandshake, reason: "over the limit", on: [.publisher, .xPublisher])
        }

        @Test func BI_S6_topicAtTheLimit() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.xPublisher, in: context)
                let guest = try await arena.guest()
                let topic = [UInt8](repeating: 65, count: 64 << 10)
                try await guest.send(subscribe(topic))
                #expect(try await arena.receive() == Message([1] + topic))
                try await guest.send(cancel(topic))
                #expect(try await arena.receive() == Message([0] + topic))
                try await arena.talk()
            }
        }

        @Test func BI_S7_sameTopicManyTimes() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.publisher, in: context)
                let guest = try await arena.guest()
                let block = [[UInt8]](repeating: subscribe([65]), count: 10_000).flatMap { $0 }
                for _ in 0..<20 { try await guest.send(block) }
                try await guest.send(WireText.ping(context: [1]))
                #expect(try await guest.receiveFrame().body.last == 1)
                guest.close()
                await arena.log.wait(.disconnected)
                try await arena.talk()
                #expect(arena.socket.core.subscriberCount == 1)
            }
        }

        @Test func BI_S8_floodOfSubscriptions() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.publisher, in: context)
                let guest = try await arena.guest()
                let flood = Task {
                    let block = [[UInt8]](repeating: subscribe([65]) + cancel([65]), count: 500)
                        .flatMap { $0 }
                    for _ in 0..<100 { try await guest.send(block) }
                }
                for _ in 0..<100 { try await arena.talk() }
                try await flood.value
                try await arena.talk()
                #expect(arena.log.count(.disconnected) == 0)
            }
        }

        @Test func BI_S9_subscriptionsWhereNoneIsLegal() async throws {
            for kind in [Arena.Kind.pull, .router] {
                try await withLiveContext { context in
                    let arena = try await Arena(kind, in: context)
                    let guest = try await arena.guest()
                    for _ in 0..<1000 { try await guest.send(subscribe([65])) }
                    await expectSoon("they are ignored") {
                        arena.socket.statistics.ignoredFrames == 1000
                    }
                    try await arena.talk()
                    try await guest.send(cancel([65]))
                    #expect(await guest.waitForEnd() != nil)
                    await arena.log.wait(.disconnected, reason: "useless frames")
                    try await arena.talk()
                }
            }
        }

        // MARK: Heartbeats

        @Test func BI_P1_shortPing() async throws {
            try await expectClosed(
                [
                    Attack("name only", WireText.command("PING")),
                    Attack("one byte", WireText.command("PING", [1])),
                ], .afterHandshake, reason: "malformed PING", on: [.pull, .router, .publisher])
        }

        @Test func BI_P3_contextSizes() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                for size in [0, 1, 16, 17, 255, 65_000] {
                    let ping = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
                    try await guest.send(WireText.ping(context: ping))
                    let pong = try await guest.receiveFrame()
                    #expect(pong.body == [4] + Array("PONG".utf8) + ping.prefix(16))
                }
                try await arena.talk()
            }
        }

        @Test func BI_P4_unaskedPongs() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                let pongs = [[UInt8]](repeating: WireText.command("PONG", [1, 2]), count: 1000)
                for _ in 0..<5 { try await guest.send(pongs.flatMap { $0 }) }
                try await guest.send(WireText.frame("alive"))
                #expect(try await arena.receive() == "alive")
                #expect(arena.socket.statistics.ignoredFrames == 5000)
                try await arena.talk()
            }
        }

        @Test func BI_P5_pingFlood() async throws {
            try await withLiveContext { context in
                let arena = try await Arena(.pull, in: context)
                let guest = try await arena.guest()
                let pings = [[UInt8]](repeating: WireText.ping(context: [1]), count: 1000)
                    .flatMap { $0 }
                for _ in 0..<20 { try await guest.send(pings) }
                try await guest.send(WireText.frame("after the flood"))
                #expect(try await arena.receive() == "after the flood")
                try await arena.talk()
                var pongs = 0
                while case .bytes(let bytes) = guest.receiveOnce() { pongs += bytes.count / 8 }
                #expect(pongs >= 100 && pongs < 5000, "\(pongs) PONGs")
            }
        }

        @Test func BI_P6_pingBeforeReady() async throws {
            try await expectClosed(
                [Attack("PING", WireText.ping())], .afterGreeting, reason: "out of place")
        }

        @Test func BI_P7_pingsGoOnWhileWeDoNotRead() async throws {
            try await onOwnThread {
                try await withLiveContext { context in
                    let arena = try await Arena(.pull, in: context) {
                        $0.receiveHighWaterMark = 10
                        $0.heartbeatInterval = .milliseconds(50)
                        $0.heartbeatTimeout = .seconds(1)
                    }
                    let guest = try arena.intruder()
                    // Fills the queue at once, so that reading from this peer pauses; it never answers.
                    let messages = (0..<50).flatMap { WireText.frame("\($0)") }
                    try await guest.send(WireText.greeting() + WireText.ready("PUSH") + messages)
                    _ = try await guest.receive(64)
                    _ = try await guest.receiveFrame()
                    for _ in 0..<30 {
                        #expect(
                            try await guest.receiveFrame().body.prefix(5) == [4]
                                + Array("PING".utf8))
                    }
                    #expect(arena.log.count(.disconnected) == 0)
                    for index in 0..<50 {
                        #expect(try await arena.receive() == Message("\(index)"))
                    }
                    // Now it is read, and has not answered.
                    #expect(await guest.waitForEnd() != nil)
                    await arena.log.wait(.disconnected, reason: "no answer to a heartbeat")
                    try await arena.talk()
                }
            }
        }
    }
#endif
