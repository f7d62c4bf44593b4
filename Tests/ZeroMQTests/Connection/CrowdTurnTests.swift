import Testing

@testable import ZeroMQ

/// Peers that are let in one after the other, for others have left too much behind.
@Suite struct CrowdTurnTests {
    private static let limit = 64 * 1024

    /// A PULL socket with a crowd: peers have gone and left more behind than it keeps.
    private func crowded(_ world: SimulatedWorld) throws -> (PullSocket, String) {
        let pull = try PullSocket(
            world.context, options: options { $0.receiveByteLimit = Self.limit })
        let endpoint = try pull.bind("tcp://127.0.0.1:*")
        for index in 1...2 {
            let peer = try SimulatedPeer(world, to: endpoint)
            peer.shakeHands(as: "PUSH")
            let body = String(repeating: "x", count: Self.limit / 2)
            peer.send(WireText.frame(body))
            world.run("it is there") { pull.unreadMessages == index }
            peer.close()
        }
        world.run("they have gone") { pull.core.receiveSide?.isCrowded == true }
        return (pull, endpoint)
    }

    /// Their messages are taken as they come, and in every turn there is another.
    @Test func whoNeverStopsDoesNotKeepOthersWaiting() throws {
        // What is sent is there at once.
        var faults = SimulatedFaults()
        faults.latency = 0...0
        let world = SimulatedWorld(faults)
        let (pull, endpoint) = try crowded(world)
        var floods: [SimulatedPeer] = []
        for _ in 0..<3 {
            let peer = try SimulatedPeer(world, to: endpoint)
            peer.shakeHands(as: "PUSH")
            floods.append(peer)
        }
        let late = try SimulatedPeer(world, to: endpoint)
        late.shakeHands(as: "PUSH")
        late.send(WireText.frame("late"))
        let body = String(repeating: "y", count: 1000)
        var received = 0
        var hasCome = false
        while !hasCome, received < 1000 {
            for flood in floods where flood.unread < 4000 { flood.send(WireText.frame(body)) }
            world.turn()
            for message in try pull.takeAll() {
                received += 1
                if message == "late" { hasCome = true }
            }
        }
        #expect(hasCome)
        // What the crowd left, and what each may bring while others are let in.
        #expect(received <= 2 + 3 * 3 * (Self.limit / 1000 + 8))
    }
}
