import Testing

@testable import ZeroMQ

/// Peers that never finish their handshake, on the simulated network: as many as one likes, and
/// what the honest peer's exchange takes is told in virtual time and in turns.
@Suite(.timeLimit(.minutes(1))) struct SilentPeerTests {
    /// A peer that says nothing, or a greeting, or a greeting and half of READY.
    private func silent(_ index: Int, _ world: SimulatedWorld, _ endpoint: String) throws
        -> SimulatedPeer
    {
        let peer = try SimulatedPeer(world, to: endpoint)
        let types = ["SUB", "DEALER", "PUSH", "REQ"]
        if index % 3 > 0 { peer.send(WireText.greeting()) }
        if index % 3 > 1 { peer.send(Array(WireText.ready(types[index / 3 % 4]).prefix(20))) }
        return peer
    }

    @Test(arguments: [1, 10, 1000], HonestPair.Kind.allCases)
    func CVE_2020_15166_theHonestPeerIsServedAsIfAlone(
        count: Int, kind: HonestPair.Kind
    ) throws {
        let world = SimulatedWorld()
        let pair = try HonestPair(world, kind)
        let alone = try (0..<100).map { _ in try pair.exchange() }.p99
        let crowd = try (0..<count).map { try silent($0, world, pair.endpoint) }
        let crowded = try (0..<100).map { _ in try pair.exchange() }.p99
        #expect(crowded.nanoseconds <= alone.nanoseconds && crowded.nanoseconds < 50_000_000)
        #expect(crowded.turns <= alone.turns)
        #expect(pair.bound.statistics.peers == 1)
        #expect(pair.bound.statistics.handshakeFailures == 0)
        #expect(crowd.allSatisfy { !$0.hasEnded })
    }

    @Test func CVE_2020_15166_sendersDoNotRouteToThem() throws {
        for type in ["PUSH", "DEALER", "REQ"] {
            let world = SimulatedWorld()
            let sender: any ZeroMQSocket =
                switch type {
                case "PUSH": try PushSocket(world.context)
                case "DEALER": try DealerSocket(world.context)
                default: try RequestSocket(world.context)
                }
            let endpoint = try sender.bind("tcp://127.0.0.1:*")
            let crowd = try (0..<10).map { try silent($0, world, endpoint) }
            world.settle()
            #expect(try sender.core.trySend("nobody is there") == false)
            let honest = try SimulatedPeer(world, to: endpoint)
            honest.shakeHands(as: ["PUSH": "PULL", "DEALER": "DEALER"][type] ?? "REP")
            for index in 0..<20 {
                #expect(try sender.core.trySend(Message("\(index)")), "\(type)")
                let empty = WireText.frame([], flags: 1)
                if type == "REQ" { #expect(honest.receive(2) == empty) }
                #expect(honest.receiveFrame() == Array("\(index)".utf8))
                guard type == "REQ" else { continue }
                honest.send(empty + WireText.frame("answer"))
                var answer: Message?
                try world.run {
                    answer = try sender.core.tryReceive()
                    return answer != nil
                }
            }
            #expect(sender.statistics.peers == 1)
            // They see our greeting at most, and never a message.
            #expect(crowd.allSatisfy { $0.available <= 64 + 100 })
        }
    }

    @Test func BI_G1_theyEndWithTheDeadlineAndLeaveNothing() async throws {
        let world = SimulatedWorld()
        let pull = try PullSocket(world.context)
        let log = Journal(pull)
        let endpoint = try pull.bind("tcp://127.0.0.1:*")
        world.settle()
        let handles = world.network.openHandles
        let crowd = try (0..<50).map { try silent($0, world, endpoint) }
        world.advance(.milliseconds(29_900))
        #expect(crowd.allSatisfy { !$0.hasEnded })
        world.advance(.milliseconds(200))
        #expect(crowd.allSatisfy { $0.hasEnded })
        for peer in crowd { peer.close() }
        world.settle()
        #expect(world.network.openHandles == handles)
        #expect(pull.statistics.handshakeFailures == 50 && pull.statistics.connections == 0)
        await log.wait(.handshakeFailed, count: 50, reason: "took too long")
    }

    @Test func limit_handshakesAtATimeThenTheOldestGoes() throws {
        let world = SimulatedWorld()
        let pair = try HonestPair(
            world, .router, options: .with { $0.maxPendingHandshakes = 1024 })
        var crowd = try (0..<1024).map { try silent($0, world, pair.endpoint) }
        world.settle()
        #expect(crowd.allSatisfy { !$0.hasEnded })
        crowd.append(try silent(0, world, pair.endpoint))
        world.run("the oldest has gone") { crowd[0].hasEnded }
        #expect(crowd.dropFirst().allSatisfy { !$0.hasEnded })
        #expect(pair.bound.statistics.handshakeFailures == 1)
        _ = try pair.exchange()
    }
}
