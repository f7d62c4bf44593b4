import Testing

@testable import ZeroMQ

/// Senders far ahead of a quick writer wait for it a moment.
@Suite(.timeLimit(.minutes(1))) struct FollowTests {
    /// A connection whose bytes are written by hand.
    private final class Driver: PipeDriver {
        func outboundReady() {}
        func inboundDrained() {}
        func writeNow(_ vectors: UnsafeBufferPointer<IOVector>) -> Int { 0 }
        func subscriptionsChanged() {}
        func closeAfterFlush() {}
        func abort(_ why: AbortReason) {}
    }

    /// A PUSH socket with peers that are connected to nothing, and a clock that the test drives.
    private final class Bench {
        let world = SimulatedWorld()
        let push: PushSocket
        let side: SendSide
        private(set) var peers: [Peer] = []
        private let driver = Driver()
        private var now = Instant(nanoseconds: 0)

        init(peers count: Int = 1) throws {
            push = try PushSocket(world.context, options: options { $0.sendHighWaterMark = 0 })
            side = try #require(push.core.sendSide)
            for _ in 0..<count {
                let peer = push.core.makePeer(outlives: true, push.options)
                push.core.attach(peer)
                side.begin(
                    try #require(peer.outbound), driver: driver, allowsOwnWrites: false)
                peers.append(peer)
            }
        }

        var pipe: OutboundPipe { get throws { try #require(peers[0].outbound) } }

        /// Writes `count` bytes of the batch, in no time at all, and takes the next.
        func write(_ count: Int, of pipe: OutboundPipe) {
            pipe.flight.advance(count)
            _ = side.nextFlight(pipe, now: now)
        }

        /// Has the writer of every peer be quick, and far behind.
        func getAhead() throws {
            for peer in peers {
                let pipe = try #require(peer.outbound)
                side.appendGreeting([1], to: pipe)
                _ = side.nextFlight(pipe, now: now)
                write(pipe.queuedBytes, of: pipe)
            }
            while try pipe.queuedBytes <= Pace.distance {
                #expect(try push.trySend(FollowTests.block))
            }
            // The next batch is under way.
            for peer in peers { _ = side.nextFlight(try #require(peer.outbound), now: now) }
        }

        var followers: Int { side.lock.withLock { side.followers.count } }

        /// A send that waits for the writer.
        func follow() async throws -> Task<Void, any Error> {
            let push = push
            let task = Task { try await push.send(FollowTests.block) }
            try await eventually("it waits") { followers == 1 }
            return task
        }
    }

    static let block = Message([UInt8](repeating: 1, count: 64 << 10))

    @Test func whoIsFarAheadGoesOnWhenTheWriterHasCaughtUp() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let sent = bench.push.statistics.messagesSent
        let task = try await bench.follow()
        #expect(bench.push.statistics.messagesSent == sent + 1)
        let pipe = try bench.pipe
        let total = pipe.queuedBytes
        bench.write(total - Pace.distance * 3 / 4, of: pipe)
        #expect(bench.followers == 1, "not half way yet")
        bench.write(Pace.distance / 2, of: pipe)
        #expect(bench.followers == 0)
        try await task.value
    }

    @Test func eachWriteLetsOneMessageMoreCome() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let task = try await bench.follow()
        bench.write(1, of: try bench.pipe)
        #expect(try bench.pipe.queuedBytes > Pace.distance)
        try await task.value
        #expect(try bench.pipe.isFarAhead)
    }

    @Test func aLostConnectionLetsThemGo() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let task = try await bench.follow()
        bench.side.interrupt(try bench.pipe) {}
        try await task.value
        #expect(bench.followers == 0)
    }

    @Test func aRemovedPeerLetsThemGo() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let task = try await bench.follow()
        bench.push.core.detach(bench.peers[0], reason: .peerGone)
        try await task.value
        #expect(bench.followers == 0)
    }

    @Test func aWithdrawnPeerLetsThemGo() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let task = try await bench.follow()
        bench.push.core.withdraw(bench.peers[0])
        try await task.value
        #expect(bench.followers == 0)
        #expect(!bench.side.follow(Waiter()))
    }

    @Test func closingLetsThemGoAndTheMessageIsSent() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let task = try await bench.follow()
        bench.push.core.beginClosing(linger: .zero, error: .closed)
        try await task.value
        #expect(!bench.side.follow(Waiter()))
    }

    @Test func aCancelledSendHasSent() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let before = bench.push.statistics.messagesSent
        let task = try await bench.follow()
        task.cancel()
        try await task.value
        #expect(bench.push.statistics.messagesSent == before + 1)
        #expect(bench.followers == 0)
    }

    @Test func patienceEndsAndTheWriterIsQuickNoMore() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let task = try await bench.follow()
        // The clock is the simulator's: no wait ends before it is moved.
        #expect(bench.followers == 1)
        bench.world.pass(.milliseconds(5))
        try await task.value
        #expect(try !bench.pipe.isFarAhead)
        // The next one does not wait again.
        try await bench.push.send(FollowTests.block)
    }

    @Test func blockingSendsAreAsPatient() async throws {
        let bench = try Bench()
        try bench.getAhead()
        let push = bench.push
        try await offThread { try push.sendBlocking(FollowTests.block) }
        #expect(bench.followers == 0)
        #expect(try !bench.pipe.isFarAhead)
    }

    @Test func trySendNeverWaits() throws {
        let bench = try Bench()
        try bench.getAhead()
        for _ in 0..<10 { #expect(try bench.push.trySend(FollowTests.block)) }
        #expect(bench.followers == 0)
        #expect(try bench.pipe.isFarAhead)
    }

    @Test func severalPeersAreNotWaitedFor() async throws {
        let bench = try Bench(peers: 2)
        try bench.getAhead()
        for _ in 0..<10 { try await bench.push.send(FollowTests.block) }
        #expect(bench.followers == 0)
    }
}
