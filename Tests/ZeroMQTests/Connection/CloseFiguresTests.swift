import Testing

@testable import ZeroMQ

/// What `close` says of the messages that were queued.
@Suite struct CloseFiguresTests {
    private func pipe(_ slots: SlotPool, _ pool: ChunkPool) -> OutboundPipe {
        OutboundPipe(
            slot: slots.acquire(holders: 1), highWaterMark: .max, byteLimit: .max, pool: pool)
    }

    @Test func queuedAndLostAreCountedWithTheRefusal() throws {
        let (slots, pool) = (SlotPool(), ChunkPool())
        let side = SendSide(strategy: RoundRobinSend(), conflates: false, slots: slots)
        let gone = pipe(slots, pool)
        side.attach(gone)
        for _ in 0..<2 { _ = try side.attempt("lost before" as Message) }
        side.detach(gone, reason: .peerGone)
        let pipe = pipe(slots, pool)
        side.attach(pipe)
        for _ in 0..<5 { _ = try side.attempt("queued" as Message) }
        side.refuse(with: .closed)
        // From here on everything counts, whoever comes first.
        #expect(side.last == (5, 0))
        #expect(side.nextStep(pipe, now: Instant(nanoseconds: 0)) == .write)
        pipe.flight.advance(2 * 8)
        side.detach(pipe, reason: .lingerExpired)
        #expect(side.last == (5, 3))
        side.refuse(with: .terminated)
        #expect(side.last == (5, 3))
    }

    @Test func messagesForSomebodyElseAreLostAndNotFlushed() throws {
        let world = SimulatedWorld()
        let router = try RouterSocket(
            world.context, options: options { $0.reconnectInterval = .milliseconds(10) })
        let first = try DealerSocket(
            world.context, options: options { $0.routingID = try? RoutingID("first") })
        let endpoint = try world.link(first, router)
        let stream = try #require(world.network.streams.last)
        // What is sent stays queued: the peer's window is full and then its stream breaks.
        world.network.stall(stream)
        let block = Frame([UInt8](repeating: 1, count: 60_000))
        for _ in 0..<5 { #expect(try router.trySend(["first", block])) }
        #expect(router.unsentMessages > 0)
        first.endWorkers(until: .distantPast)
        world.run(for: .seconds(5)) { first.statistics.peers == 0 }
        world.network.reset(try #require(world.network.streams.first))
        world.settle()
        router.core.beginClosing(linger: nil, error: .closed)
        let queued = try #require(router.core.sendSide).last.queued
        #expect(queued > 0)
        let second = try DealerSocket(
            world.context, options: options { $0.routingID = try? RoutingID("second") })
        try second.bind(endpoint)
        world.run(for: .seconds(20)) { router.isClosed }
        let report = router.closeBlocking()
        #expect(report == CloseReport(flushed: 0, discarded: queued))
    }
}
