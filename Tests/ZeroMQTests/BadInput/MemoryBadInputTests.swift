#if os(Linux)
    import Testing

    @testable import ZeroMQ

    extension OwnProcessTests {
        /// What is announced costs nothing.
        @Suite(.timeLimit(.minutes(1))) struct MemoryBadInputTests {
            @Test func BI_F5_announcedSizesReserveNothing() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let arena = try await Arena(.pull, in: context) { $0.maxMessageSize = nil }
                        try await arena.talk()
                        let before = ProcessState.residentBytes
                        var guests: [WirePeer] = []
                        for index in 0..<200 {
                            let guest = try await arena.guest()
                            let size: UInt64 = index % 2 == 0 ? 8 << 30 : 1 << 40
                            try await guest.send(WireText.longHeader(size) + [1, 2, 3])
                            guests.append(guest)
                        }
                        try await arena.talk()
                        let grown = ProcessState.residentBytes - before
                        #expect(grown < 64 << 20, "\(grown >> 20) MiB for nothing")
                        // What was received may be held, about twice.
                        try await guests[0].send([UInt8](repeating: 9, count: 8 << 20))
                        try await arena.talk()
                        let held = ProcessState.residentBytes - before
                        #expect(held < 128 << 20, "\(held >> 20) MiB for 8 MiB")
                        for guest in guests { guest.close() }
                        await arena.log.wait(.disconnected, count: 200)
                    }
                }
            }

            @Test func CVE_2021_20234_unfinishedMessagesAreFreed() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let listener = try WireListener()
                        let pull = try PullSocket(
                            context, options: .with { $0.reconnectInterval = .milliseconds(1) })
                        try pull.connect(listener.endpoint)
                        var start = 0
                        for cycle in 0..<600 {
                            let server = try await listener.accept()
                            try await server.shakeHands(as: "PUSH")
                            let part = [UInt8](repeating: 7, count: 4000)
                            for _ in 0..<5 { try await server.send(WireText.frame(part, flags: 1)) }
                            try await server.send([1, 100] + part.prefix(40))
                            if cycle % 2 == 0 { server.close() } else { server.reset() }
                            if cycle == 200 { start = ProcessState.residentBytes }
                        }
                        let grown = ProcessState.residentBytes - start
                        // 400 cycles of 20 kB, had they leaked, are 8 MiB.
                        #expect(grown < 3 << 20, "\(grown) bytes")
                        #expect(try pull.tryReceive() == nil)
                    }
                }
            }

            @Test func CVE_2021_20237_messagesToPublishersAreNotKept() async {
                await #expect(processExitsWith: .success) {
                    for kind in [Arena.Kind.publisher, .xPublisher] {
                        try await withLiveContext { context in
                            let arena = try await Arena(kind, in: context) {
                                $0.receiveHighWaterMark = 100
                            }
                            var start = 0
                            for round in 0..<30 {
                                let guest = try await arena.guest()
                                let message = WireText.frame([UInt8](repeating: 5, count: 200))
                                let block = [[UInt8]](repeating: message, count: 900).flatMap { $0 }
                                for _ in 0..<10 { _ = guest.sendAsMuchAsFits(block) }
                                guest.close()
                                // Reading pauses at the mark; the end is seen behind what is queued.
                                try await expectSoon("round \(round) ends") {
                                    while try tryReceive(arena) {}
                                    return arena.log.count(.disconnected) == round + 1
                                }
                                if round == 10 { start = ProcessState.residentBytes }
                            }
                            let grown = ProcessState.residentBytes - start
                            #expect(grown < 4 << 20, "\(kind): \(grown) bytes")
                            try await arena.talk()
                        }
                    }
                }
            }
        }
    }

    private func tryReceive(_ arena: Arena) throws -> Bool {
        guard arena.kind == .xPublisher else { return false }
        return try arena.socket.core.tryReceive() != nil
    }
#endif
