import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct PairTests {
    private let quick = options { $0.reconnectInterval = .milliseconds(10) }

    @Test(arguments: TestTransport.allCases)
    func L4_messagesGoBothWays(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let left = try PairSocket(context)
            let right = try PairSocket(context)
            try await link(left, right, over: transport)
            for index in 0..<100 {
                try await left.send([Frame("\(index)"), ""])
                #expect(try await right.next() == [Frame("\(index)"), ""])
                try await right.send("back")
                #expect(try await left.next() == "back")
            }
        }
    }

    @Test(arguments: TestTransport.allCases)
    func L4_aSecondPeerIsRefusedAtOnceAndTheFirstKeepsWorking(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let bound = try PairSocket(context)
            let events = EventLog(bound)
            let first = try PairSocket(context)
            let endpoint = try await link(bound, first, over: transport)
            let second = try PairSocket(context)
            try second.connect(endpoint)
            _ = try await events.first(.peerRefused)
            try await first.send("from the first")
            #expect(try await bound.next() == "from the first")
            try await bound.send("to the first")
            #expect(try await first.next() == "to the first")
            #expect(try second.tryReceive() == nil)
            #expect(bound.statistics.peers == 1)
        }
    }

    @Test(arguments: TestTransport.wired)
    func L4_theSecondSeesItsConnectionClosed(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let bound = try PairSocket(context)
            let endpoint = try bound.bind(transport.freshEndpoint)
            let first = try await RawPeer.connect(endpoint, as: "PAIR")
            try await first.send(["hello"])
            #expect(try await bound.next() == "hello")
            let second = try await RawPeer.connect(endpoint)
            try await second.write(
                RawPeer.greeting(minor: 1) + RawPeer.ready(type: "PAIR", id: []))
            try await second.waitUntilClosed()
            try await bound.send("still yours")
            #expect(try await first.receiveTexts() == ["still yours"])
        }
    }

    @Test(arguments: TestTransport.wired)
    func L4_whenTheFirstHasGoneAnotherMayCome(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let bound = try PairSocket(context)
            let events = EventLog(bound)
            let first = try PairSocket(context)
            let endpoint = try await link(bound, first, over: transport)
            let second = try PairSocket(context, options: quick)
            try second.connect(endpoint)
            _ = try await events.first(.peerRefused)
            await first.close(linger: .zero)
            try await eventually("the second is in") { bound.statistics.connections == 2 }
            try await second.send("my turn")
            #expect(try await bound.next() == "my turn")
            try await bound.send("welcome")
            #expect(try await second.next() == "welcome")
        }
    }

    @Test func L4_inprocAnotherMayComeToo() async throws {
        try await withTestContext { context in
            let bound = try PairSocket(context)
            let first = try PairSocket(context)
            let endpoint = try await link(bound, first, over: .inproc)
            await first.close(linger: .zero)
            let second = try PairSocket(context)
            try await join(second, to: bound, at: endpoint)
            try await second.send("my turn")
            #expect(try await bound.next() == "my turn")
        }
    }

    @Test func L4_aConnectingPairIsExclusiveToo() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let pair = try PairSocket(context, options: quick)
            let events = EventLog(pair)
            try pair.connect(listener.endpoint)
            let peer = try await listener.accept(as: "PAIR")
            let endpoint = try pair.bind("tcp://127.0.0.1:*")
            let intruder = try await RawPeer.connect(endpoint)
            try await intruder.write(
                RawPeer.greeting(minor: 1) + RawPeer.ready(type: "PAIR", id: []))
            _ = try await events.first(.peerRefused)
            try await intruder.waitUntilClosed()
            try await pair.send("hello")
            #expect(try await peer.receiveTexts() == ["hello"])
        }
    }

    @Test func L4_itKeepsItsMessagesWhileThePeerIsAway() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let pair = try PairSocket(context, options: quick)
            try pair.connect(listener.endpoint)
            for round in 0..<3 {
                try await pair.send("\(round)".message)
                let peer = try await listener.accept(as: "PAIR")
                #expect(try await peer.receiveTexts() == ["\(round)"])
                peer.close()
                try await eventually("the loss is seen") {
                    pair.statistics.reconnects > UInt64(round)
                }
            }
        }
    }
}
