import Testing

@testable import ZeroMQ

/// Peers that keep a socket busy, on the simulated network.
@Suite(.timeLimit(.minutes(1))) struct FloodTests {
    private static let pair =
        WireText.command("SUBSCRIBE", [65]) + WireText.command("CANCEL", [65])

    private func end(_ guest: SimulatedPeer, _ publisher: HonestPublisher) throws {
        #expect(!guest.hasEnded)
        let socket = publisher.socket
        #expect(socket.statistics.totalDropped == 0 && socket.statistics.ignoredFrames == 0)
        guest.close()
        guest.world.run("it has left") { socket.statistics.peers == 1 }
        #expect(socket.core.subscriberCount == 1)
        try publisher.work()
    }

    /// A thousand commands each millisecond, all of them at the moment when something is sent.
    @Test func BI_S8_aFloodOfSubscriptionsDelaysNobody() throws {
        let world = SimulatedWorld()
        let publisher = try HonestPublisher(world, showsThem: false)
        let idle = try (0..<100).map { _ in try publisher.work() }.p99
        let guest = try SimulatedPeer(world, to: publisher.endpoint)
        guest.shakeHands(as: "SUB")
        let thousand = (0..<500).flatMap { _ in Self.pair }
        let busy = try (0..<100).map { _ in
            #expect(guest.sendWhatFits(thousand) == thousand.count)
            let effort = try publisher.work()
            #expect(guest.unread == 0)
            world.advance(.nanoseconds(1_000_000 - effort.nanoseconds))
            return effort
        }.p99
        #expect(busy.nanoseconds <= 2 * idle.nanoseconds)
        #expect(busy.turns <= 2 * idle.turns, "\(busy) \(idle)")
        try end(guest, publisher)
    }

    /// However much of it waits, one receive of it is worked off between two looks at the others.
    @Test func BI_S8_aFloodIsWorkedOffInPieces() throws {
        var wide = SimulatedFaults()
        wide.window = 1 << 20
        let world = SimulatedWorld(wide)
        let publisher = try HonestPublisher(world, showsThem: false)
        let guest = try SimulatedPeer(world, to: publisher.endpoint)
        guest.shakeHands(as: "SUB")
        let block = (0..<(1 << 20) / Self.pair.count).flatMap { _ in Self.pair }
        #expect(guest.sendWhatFits(block) == block.count)
        var (unread, mostAtOnce, turnsUnsent) = (guest.unread, 0, 0)
        try publisher.work {
            mostAtOnce = max(mostAtOnce, unread - guest.unread)
            unread = guest.unread
            if publisher.socket.unsentMessages > 0 { turnsUnsent += 1 }
        }
        #expect(mostAtOnce > 0 && mostAtOnce <= 128 << 10, "\(mostAtOnce)")
        #expect(turnsUnsent <= 1)
        world.run { guest.unread == 0 }
        try end(guest, publisher)
    }
}
