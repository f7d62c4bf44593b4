#if os(Linux) && !canImport(WinSDK)
    import Testing

    @testable import ZeroMQ

    extension OwnProcessTests {
        /// Descriptors, threads and memory: what is taken is given back, and running out is survived.
        @Suite(.timeLimit(.minutes(1))) struct ResourceTests {
            @Test func churnGivesEverythingBack() async {
                await #expect(processExitsWith: .success) {
                    func churn() async throws {
                        try await withLiveContext(ioThreads: 2) { context in
                            let pull = try PullSocket(context)
                            let endpoint = try pull.bindLoopback()
                            let local = try pull.bind("ipc://*")
                            for round in 0..<30 {
                                let push = try PushSocket(context)
                                try push.connect(round % 2 == 0 ? endpoint : local)
                                try await push.send("x")
                                _ = try await pull.receive()
                                await push.close()
                            }
                        }
                    }
                    try await ProcessState.prepare()
                    for _ in 0..<3 { try await churn() }
                    let (descriptors, threads) = (ProcessState.descriptors, ProcessState.threads)
                    let memory = ProcessState.residentBytes
                    for _ in 0..<30 { try await churn() }
                    await expectSoon("descriptors") { ProcessState.descriptors <= descriptors }
                    await expectSoon("threads") { ProcessState.threads <= threads }
                    let grown = ProcessState.residentBytes - memory
                    #expect(grown < 8 << 20, "\(grown) bytes")
                }
            }

            @Test func closedMeansClosed() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        ProcessState.leaveDescriptors(26)
                        for _ in 0..<1000 {
                            let pull = try PullSocket(context)
                            let push = try PushSocket(context)
                            try push.connect(try pull.bindLoopback())
                            try await push.send("x")
                            _ = try await pull.receive()
                            await push.close()
                            await pull.close()
                        }
                    }
                }
            }

            @Test func outOfDescriptorsPausesAndResumes() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let pull = try PullSocket(
                            context,
                            options: .with {
                                $0.receiveTimeout = patience
                                $0.backlog = 200
                            })
                        let log = Journal(pull)
                        try await ProcessState.prepare()
                        ProcessState.limitDescriptors(to: ProcessState.descriptors + 24)
                        let endpoint = try pull.bindLoopback()
                        let honest = try await WirePeer.established(to: endpoint, as: "PUSH")
                        var crowd: [WirePeer] = []
                        // All but a few: the runtime ends a process in which it cannot look after
                        // its threads.
                        while System.descriptorsLeft(upTo: 8) > 4,
                            let peer = try? WirePeer(to: endpoint)
                        {
                            crowd.append(peer)
                        }
                        await log.wait(.acceptPaused)
                        // Those who are in are served as ever.
                        for index in 0..<50 {
                            try await honest.send(WireText.frame("\(index)"))
                            #expect(try await pull.receive() == Message("\(index)"))
                        }
                        // And trying again costs next to nothing.
                        let busy = ProcessState.processorSeconds
                        try await Task.sleep(for: .seconds(1))
                        let share = ProcessState.processorSeconds - busy
                        #expect(share < 0.2, "\(share) of a processor")
                        await log.wait(.acceptPaused, count: 3)
                        for peer in crowd { peer.close() }
                        let late = try await WirePeer.established(to: endpoint, as: "PUSH")
                        try await late.send(WireText.frame("room again"))
                        #expect(try await pull.receive() == "room again")
                    }
                }
            }

            /// Has all descriptors taken until the socket has tried three times to connect.
            ///
            /// Nothing here suspends: the runtime ends a process that has jobs waiting and no
            /// descriptor to look after its threads with.
            private static func connectWithoutDescriptors(
                _ push: PushSocket, to endpoint: String
            ) throws {
                var hogs: [WireListener] = []
                defer { for hog in hogs { hog.close() } }
                while let hog = try? WireListener() { hogs.append(hog) }
                #expect(throws: ZeroMQError.self) { try push.bind("tcp://127.0.0.1:*") }
                #expect(throws: ZeroMQError.self) { _ = try Context() }
                try push.connect(endpoint)
                let end = ContinuousClock.now.advanced(by: patience)
                while push.statistics.reconnects < 3, ContinuousClock.now < end {
                    System.pause(milliseconds: 1)
                }
                #expect(push.statistics.reconnects >= 3)
            }

            @Test func outOfDescriptorsWhileConnectingAndBinding() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let pull = try PullSocket(
                            context, options: .with { $0.receiveTimeout = patience })
                        let endpoint = try pull.bindLoopback()
                        let push = try PushSocket(
                            context, options: .with { $0.reconnectInterval = .milliseconds(20) })
                        try await ProcessState.prepare()
                        // Enough, once nobody hogs them, for the listener to let somebody in.
                        ProcessState.leaveDescriptors(20)
                        try Self.connectWithoutDescriptors(push, to: endpoint)
                        try await push.send("made it")
                        #expect(try await pull.receive() == "made it")
                    }
                }
            }

            @Test func peersThatComeAndGoLeaveNothing() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        // Never read from.
                        let router = try RouterSocket(context)
                        let endpoint = try router.bindLoopback()
                        var memory = 0
                        var descriptors = 0
                        for round in 0..<2000 {
                            let peer = try await WirePeer.established(to: endpoint, as: "DEALER")
                            peer.close()
                            if round == 500 {
                                await expectSoon("they go") { router.statistics.peers == 0 }
                                memory = ProcessState.residentBytes
                                descriptors = ProcessState.descriptors
                            }
                        }
                        await expectSoon("they go") { router.statistics.peers == 0 }
                        #expect(ProcessState.residentBytes - memory < 3 << 20)
                        await expectSoon("descriptors") { ProcessState.descriptors <= descriptors }
                    }
                }
            }
        }
    }
#endif
