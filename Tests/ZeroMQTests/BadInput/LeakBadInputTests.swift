#if os(Linux) && !canImport(WinSDK)
    import Testing

    @testable import ZeroMQ

    extension OwnProcessTests {
        /// What hostile peers leave behind is let go: so many of them that nothing can hide.
        @Suite(.timeLimit(.minutes(5))) struct LeakBadInputTests {
            @Test func CVE_2021_20234_unfinishedMessagesAreFreed() async {
                await #expect(processExitsWith: .success) {
                    let world = SimulatedWorld()
                    let listener = try SimulatedListener(world)
                    let pull = try PullSocket(
                        world.context,
                        options: .with {
                            $0.reconnectInterval = .milliseconds(1)
                            $0.heartbeatInterval = .seconds(1)
                        })
                    let connections = 100
                    for _ in 0..<connections { try pull.connect(listener.endpoint) }
                    let body = [UInt8](repeating: 7, count: 100)
                    let opening = WireText.greeting() + WireText.ready("PUSH")
                    let unfinished = [
                        [1, 100] + body.prefix(40), WireText.frame(body, flags: 1),
                        WireText.frame(body, flags: 1) + [0, 100] + body.prefix(40),
                    ].map { opening + $0 }
                    // A cycle takes most of a millisecond without the optimiser. Nothing here is
                    // left to chance: what leaks, leaks in each of them.
                    let rounds = _isDebugAssertConfiguration() ? 120 : 1000
                    var memory = MemoryCurve()
                    for round in 0..<rounds {
                        if round % (rounds / 10) == 0 { memory.note() }
                        let servers = try (0..<connections).map { index in
                            let server = try listener.accept()
                            server.send(unfinished[index % 3])
                            return server
                        }
                        world.run("it is read") { servers.allSatisfy { $0.unread == 0 } }
                        for server in servers {
                            switch round % 3 {
                            case 0: server.close()
                            case 1: server.reset()
                            // It says nothing any more.
                            default: world.run(for: .seconds(10), "expired") { server.hasEnded }
                            }
                        }
                    }
                    let cycles = rounds * connections
                    memory.note()
                    // The least that could leak, 16 bytes a cycle, were more.
                    #expect(memory.usualGrowth < max(16 << 10, cycles / 10), "\(memory)")
                    world.run { pull.statistics.dropped == [.truncated: UInt64(cycles)] }
                    #expect(pull.statistics.connections >= UInt64(cycles))
                    #expect(try pull.takeAll().isEmpty)
                }
            }

            @Test(arguments: [false, true])
            func CVE_2021_20237_messagesToPublishersAreNotKept(showsThem: Bool) async {
                await #expect(processExitsWith: .success) { [showsThem] in
                    let world = SimulatedWorld()
                    let publisher = try HonestPublisher(world, showsThem: showsThem)
                    // As many as a peer may send before it is shut out: PUB refuses the messages.
                    let message = WireText.frame([UInt8](repeating: 5, count: 50))
                    let messages = showsThem ? 1000 : 990
                    var block: [UInt8] = []
                    for _ in 0..<10 {
                        for _ in 0..<messages / 10 { block += message }
                        block += WireText.command("WALTZ", [1, 2, 3])
                    }
                    let rounds = 1010
                    var memory = MemoryCurve()
                    for round in 0..<rounds {
                        if round % 101 == 0 { memory.note() }
                        let guest = try SimulatedPeer(world, to: publisher.endpoint)
                        guest.shakeHands(as: "SUB")
                        guest.send(block)
                        try world.run("it is read") {
                            try publisher.takeAll()
                            return guest.unread == 0
                        }
                        guest.ping()
                        guest.close()
                        if round % 100 == 0 { try publisher.work() }
                    }
                    memory.note()
                    // A tenth of them are 101 000 frames.
                    #expect(memory.usualGrowth < 101_000, "\(memory)")
                    try publisher.work()
                    let statistics = publisher.socket.statistics
                    #expect(statistics.ignoredFrames == UInt64(rounds * 10))
                    let count = UInt64(rounds * messages)
                    #expect(statistics.messagesReceived == (showsThem ? count + 1 : 0))
                    #expect(statistics.dropped == (showsThem ? [:] : [.notAccepted: count]))
                }
            }

            @Test func CVE_2021_20237_messagesNobodyReadsArePiledUpToTheMarkOnly() throws {
                let world = SimulatedWorld()
                let publisher = try HonestPublisher(world, showsThem: true)
                let guest = try SimulatedPeer(world, to: publisher.endpoint)
                guest.shakeHands(as: "SUB")
                let message = WireText.frame([UInt8](repeating: 5, count: 50))
                let block = (0..<1000).flatMap { _ in message }
                for _ in 0..<20 {
                    _ = guest.sendWhatFits(block)
                    world.pass(.milliseconds(1))
                }
                // Small ones up to four times the mark, and what one receive brought.
                let unread = publisher.socket.unreadMessages
                #expect(unread >= 100 && unread <= 400 + (64 << 10) / message.count, "\(unread)")
                #expect(guest.unread > 0)
                try publisher.work()
            }
        }
    }
#endif
