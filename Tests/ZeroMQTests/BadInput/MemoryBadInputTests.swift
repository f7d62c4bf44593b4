#if os(Linux) && !canImport(WinSDK)
    import Testing

    @testable import ZeroMQ

    extension OwnProcessTests {
        /// What is announced costs nothing.
        @Suite(.timeLimit(.minutes(5))) struct MemoryBadInputTests {
            @Test func BI_F5_announcedSizesReserveNothing() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let arena = try await Arena(.pull, in: context) { $0.maxMessageSize = nil }
                        try await arena.talk()
                        let before = ProcessState.residentBytes
                        var guests: [WirePeer] = []
                        // The arena's two ends, the guests', and some for the process itself.
                        let count = min(1000, (ProcessState.descriptorLimit - 100) / 2)
                        #expect(count >= 400)
                        for index in 0..<count {
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
                        #expect(arena.socket.statistics.peers == count + 1)
                        for guest in guests { guest.close() }
                        await arena.log.wait(.disconnected, count: count)
                        #expect(arena.socket.statistics.dropped == [.truncated: UInt64(count)])
                        try await arena.talk()
                    }
                }
            }

            // In a debug build less: a call for each byte takes its time there.
            #if DEBUG
                private static let bytes = 3 << 20
            #else
                private static let bytes = 10 << 20
            #endif

            @Test func BI_F19_megabytesByteByByte() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let pull = try PullSocket(context)
                        // Where a byte costs least; there they are put together least, too.
                        let endpoint = try pull.bind("ipc://*")
                        let push = try await RawPeer.connect(endpoint, as: "PUSH")
                        let body = (0..<Self.bytes).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                        let wire = RawPeer.frame(body, flags: 0)
                        let before = ProcessState.residentBytes
                        async let sending: Void = push.writeByteByByte(wire)
                        #expect(try await pull.next(within: .seconds(240)) == Message(body))
                        try await sending
                        // The message, about twice, and one to compare it with.
                        let held = ProcessState.residentBytes - before
                        #expect(held < 48 << 20, "\(held >> 20) MiB for \(Self.bytes) bytes")
                        #expect(pull.statistics.totalDropped == 0)
                        push.close()
                    }
                }
            }
        }
    }
#endif
