import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct DealerTests {
    @Test(arguments: TestTransport.allCases)
    func R12_nothingIsAddedOrRemoved(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let left = try DealerSocket(context)
            let right = try DealerSocket(context)
            try await link(left, right, over: transport)
            let messages: [Message] = [
                "one", "", ["", "a"], ["a", "", "b", ""], ["", "", ""],
                Message([UInt8](repeating: 9, count: 255)),
                Message([UInt8](repeating: 9, count: 256)), Message([bulk, "", bulk]),
            ]
            for message in messages {
                try await left.send(message)
                #expect(try await right.next() == message)
                try await right.send(message)
                #expect(try await left.next() == message)
            }
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R12_noAcceptedMessageIsLostAndTheOrderIsKept(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let small = options {
                $0.sendHighWaterMark = 10
                $0.receiveHighWaterMark = 10
            }
            let left = try DealerSocket(context, options: small)
            let right = try DealerSocket(context, options: small)
            try await link(left, right, over: transport)
            let sending = Task {
                for index in 0..<20_000 { try await left.send("\(index)".message) }
            }
            for index in 0..<20_000 {
                guard try await right.next().string == "\(index)" else {
                    Issue.record("message \(index) is out of order")
                    break
                }
            }
            try await sending.value
            #expect(left.statistics.totalDropped + right.statistics.totalDropped == 0)
        }
    }

    @Test func R12_itBlocksWithoutAPeer() async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(
                context, options: options { $0.sendTimeout = .milliseconds(10) })
            #expect(try !dealer.trySend("x"))
            #expect(await thrownCode { try await dealer.send("x") } == .timedOut)
        }
    }

    // MARK: Round robin

    @Test(arguments: TestTransport.allCases)
    func R13_peersWithFullQueuesAreSkipped(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let small = options {
                $0.sendHighWaterMark = 2
                $0.receiveHighWaterMark = 2
                $0.sendBuffer = 8192
                $0.receiveBuffer = 8192
            }
            let dealer = try DealerSocket(context, options: small)
            let stuck = try DealerSocket(context, options: small)
            let endpoint = try await link(dealer, stuck, over: transport)
            let filled = try await dealer.fill(
                with: ["for", bulk], of: stuck, over: transport)
            #expect(filled < 20_000)
            let quick = try DealerSocket(context, options: small)
            try await join(quick, to: dealer, at: endpoint)
            for index in 0..<50 {
                let message: Message = [Frame("\(index)"), "body", "end"]
                try await dealer.send(message)
                #expect(try await quick.next() == message)
            }
            for _ in 0..<filled { #expect(try await stuck.next() == ["for", bulk]) }
        }
    }

    @Test(arguments: TestTransport.allCases)
    func R13_messagesOfSeveralFramesStayWithOnePeerEach(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context)
            var peers: [DealerSocket] = []
            let endpoint = try dealer.bind(transport.freshEndpoint)
            for _ in 0..<3 {
                let peer = try DealerSocket(context)
                try await join(peer, to: dealer, at: endpoint)
                peers.append(peer)
            }
            for index in 0..<30 {
                try await dealer.send([Frame("\(index)"), Frame("\(index)"), Frame("\(index)")])
            }
            var seen: Set<String> = []
            for peer in peers {
                for _ in 0..<10 {
                    let message = try await peer.next()
                    #expect(
                        message.count == 3 && message[0] == message[1] && message[1] == message[2])
                    seen.insert(message.string ?? "")
                }
                #expect(try peer.tryReceive() == nil)
            }
            #expect(seen.count == 30)
        }
    }

    // MARK: Fair queue

    @Test(arguments: TestTransport.allCases)
    func R14_oneMessageOfEachReadyPeerATurn(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context)
            let endpoint = try dealer.bind(transport.freshEndpoint)
            var peers: [DealerSocket] = []
            for index in 0..<3 {
                let peer = try DealerSocket(context)
                try await join(peer, to: dealer, at: endpoint)
                for number in 0..<20 {
                    try await peer.send([Frame("\(index)"), Frame("\(number)"), "end"])
                }
                peers.append(peer)
            }
            if transport != .inproc {
                try await eventually("all have arrived") { dealer.unreadMessages == 60 }
            }
            for turn in 0..<20 {
                var senders: Set<String> = []
                for _ in 0..<3 {
                    let message = try await dealer.next()
                    #expect(message.count == 3 && message[1] == Frame("\(turn)"))
                    senders.insert(message.string ?? "")
                }
                #expect(senders.count == 3)
            }
        }
    }

    // MARK: Queues and connections

    @Test(arguments: TestTransport.allCases)
    func R15_aConnectingPeersQueueExistsBeforeTheConnection(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let endpoint = try await transport.reservedEndpoint(context)
            let early = try DealerSocket(
                context, options: options { $0.reconnectInterval = .milliseconds(10) })
            try early.connect(endpoint)
            for index in 0..<100 { try await early.send("\(index)".message) }
            #expect(early.unsentMessages == 100)
            let late = try DealerSocket(context)
            try late.bind(endpoint)
            #expect(try await late.nextTexts(100) == (0..<100).map(String.init))
        }
    }

    @Test(arguments: [true, false])
    func R15_BI_R29_itKeepsItsMessagesAcrossConnections(_ resets: Bool) async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let dealer = try DealerSocket(
                context, options: options { $0.reconnectInterval = .milliseconds(10) })
            try dealer.connect(listener.endpoint)
            let first = try await listener.accept(as: "DEALER")
            try await dealer.send("one")
            #expect(try await first.receiveTexts() == ["one"])
            if resets { first.reset() } else { first.close() }
            try await eventually("the loss is seen") { dealer.statistics.reconnects == 1 }
            for index in 0..<100 { try await dealer.send(["kept", Frame("\(index)")]) }
            let second = try await listener.accept(as: "DEALER")
            for index in 0..<100 {
                #expect(try await second.receiveTexts() == ["kept", "\(index)"])
            }
            #expect(dealer.statistics.totalDropped == 0)
        }
    }

    @Test func R15_BI_R29_whatTheKernelHadNotTakenIsSentAgainWhole() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let push = try PushSocket(
                context,
                options: options {
                    $0.reconnectInterval = .milliseconds(10)
                    $0.sendBuffer = 4096
                })
            try push.connect(listener.endpoint)
            let first = try await listener.accept(as: "PULL", receiveBuffer: 4096)
            for index in 0..<50 { try await push.send([Frame("\(index)"), bulk, "end"]) }
            // The connection breaks in the middle of a message.
            var seen = 0
            while seen < 5, try await first.receive().count == 3 { seen += 1 }
            _ = try await first.read(1000)
            first.reset()
            let second = try await listener.accept(as: "PULL")
            var expected: Int?
            while true {
                let texts = try await second.receive()
                let number = try #require(Int(String(decoding: texts[0], as: UTF8.self)))
                #expect(texts.count == 3 && texts[1].count == bulk.count)
                if let expected { #expect(number == expected) }
                expected = number + 1
                if number == 49 { break }
            }
            #expect(push.statistics.totalDropped == 0)
        }
    }

    @Test(arguments: TestTransport.wired)
    func R15_anAcceptedPeersQueueGoesWithItsConnection(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context, options: options { $0.sendBuffer = 4096 })
            let endpoint = try dealer.bind(transport.freshEndpoint)
            let first = try await RawPeer.connect(endpoint, as: "DEALER", receiveBuffer: 4096)
            try await eventually("it is there") { dealer.statistics.peers == 1 }
            for _ in 0..<50 { try await dealer.send(["old", bulk]) }
            first.close()
            try await eventually("it is gone") { dealer.statistics.peers == 0 }
            #expect(dealer.dropped(.peerGone) > 0)
            #expect(try !dealer.trySend("nobody is there"))
            let second = try await RawPeer.connect(endpoint, as: "DEALER")
            try await dealer.send("new")
            #expect(try await second.receiveTexts() == ["new"])
        }
    }
}
