import Testing

@testable import ZeroMQ

/// Rows of the bad-input matrix that speak of time, or of what is left behind: on the simulated
/// network, where both are exact.
@Suite(.timeLimit(.minutes(1))) struct TimedBadInputTests {
    private func elapsed(_ world: SimulatedWorld, since start: Instant) -> Duration {
        .nanoseconds(world.network.now.nanoseconds - start.nanoseconds)
    }

    @Test func BI_G2_partsOfAGreetingLeaveNothing() async throws {
        let world = SimulatedWorld()
        let pair = try HonestPair(world, .pull)
        let log = Journal(pair.bound)
        let handles = world.network.openHandles
        let entries = world.threads[0].poller.entryCount
        let greeting = WireText.greeting()
        for count in 0...63 {
            for breaks in [false, true] {
                let peer = try SimulatedPeer(world, to: pair.endpoint)
                peer.send(Array(greeting.prefix(count)))
                world.run("it is read") { peer.unread == 0 }
                if breaks { peer.reset() } else { peer.finish() }
                let failures = UInt64(2 * count + (breaks ? 2 : 1))
                world.run { pair.bound.statistics.handshakeFailures == failures }
            }
            _ = try pair.exchange()
        }
        world.settle()
        #expect(world.network.openHandles == handles)
        #expect(world.threads[0].poller.entryCount == entries)
        #expect(pair.bound.statistics.peers == 1)
        await log.wait(.handshakeFailed, count: 64, reason: "closed by the peer")
        await log.wait(.handshakeFailed, count: 128)
    }

    /// One byte every 100 ms: in the greeting, in the header of READY, in its body.
    @Test(arguments: [0, 64, 64 + 4])
    func BI_G3_deadlineIsAbsolute(whole: Int) async throws {
        let world = SimulatedWorld()
        let pull = try PullSocket(
            world.context, options: options { $0.handshakeTimeout = .milliseconds(1500) })
        let log = Journal(pull)
        let endpoint = try pull.bind("tcp://127.0.0.1:*")
        let start = world.network.now
        let peer = try SimulatedPeer(world, to: endpoint)
        let bytes = WireText.greeting() + WireText.ready("PUSH")
        peer.send(Array(bytes.prefix(whole)))
        for byte in bytes.dropFirst(whole) where !peer.hasEnded {
            peer.send([byte])
            world.advance(.milliseconds(100))
        }
        #expect(peer.hasEnded)
        let elapsed = elapsed(world, since: start)
        #expect(elapsed >= .milliseconds(1500) && elapsed < .milliseconds(1620), "\(elapsed)")
        await log.wait(.handshakeFailed, reason: "took too long")
        let honest = try SimulatedPeer(world, to: endpoint)
        honest.shakeHands(as: "PUSH")
        honest.send(WireText.frame("fine"))
        honest.ping()
        #expect(try pull.takeAll() == ["fine"])
    }

    @Test func BI_F14_BI_F15_whatIsWholeIsDeliveredAndTheRestCounted() async throws {
        let world = SimulatedWorld()
        let pair = try HonestPair(world, .dealer)
        let dealer = try #require(pair.bound as? DealerSocket)
        let log = Journal(dealer)
        let cut: [[UInt8]] = [
            [0], [0, 5, 1, 2], [1, 2, 65, 66], [1, 1, 65, 0, 4, 1], [2, 0, 0, 0],
            WireText.longHeader(100_000) + [UInt8](repeating: 5, count: 50_000),
        ]
        var ended = 0
        for piece in cut {
            for breaks in [false, true] {
                let guest = try SimulatedPeer(world, to: pair.endpoint)
                guest.shakeHands(as: "DEALER")
                guest.send(WireText.frame("whole") + piece)
                world.run("it is read") { guest.unread == 0 }
                if breaks { guest.reset() } else { guest.finish() }
                ended += 1
                world.run { dealer.statistics.dropped == [.truncated: UInt64(ended)] }
                #expect(try dealer.takeAll() == ["whole"])
                world.run { dealer.statistics.peers == 1 }
                _ = try pair.exchange()
            }
        }
        await log.wait(.disconnected, count: ended)
    }

    /// To the tenth of a second, and no long one wraps around into a short one.
    @Test(arguments: [1, 3, 655, 656, 65_535] as [UInt16])
    func BI_P2_timeToLiveIsExact(ttl: UInt16) async throws {
        let world = SimulatedWorld()
        let pair = try HonestPair(world, .router)
        let log = Journal(pair.bound)
        let guest = try SimulatedPeer(world, to: pair.endpoint)
        guest.shakeHands(as: "DEALER")
        guest.send(WireText.ping(ttl: ttl, context: [7]))
        #expect(guest.receiveFrame() == [4] + Array("PONG".utf8) + [7])
        world.advance(.milliseconds(Int64(ttl) * 100 - 2))
        #expect(!guest.hasEnded)
        world.advance(.milliseconds(4))
        #expect(guest.hasEnded)
        await log.wait(.disconnected, reason: "silent for longer")
        _ = try pair.exchange()
    }

    @Test func BI_P2_timeToLiveOfZeroIsNone() throws {
        let world = SimulatedWorld()
        let pair = try HonestPair(world, .router)
        let guest = try SimulatedPeer(world, to: pair.endpoint)
        guest.shakeHands(as: "DEALER")
        guest.send(WireText.ping(ttl: 0, context: [7]))
        #expect(guest.receiveFrame() == [4] + Array("PONG".utf8) + [7])
        world.advance(.seconds(3 * 3600))
        #expect(!guest.hasEnded)
        guest.ping()
        _ = try pair.exchange()
    }
}
