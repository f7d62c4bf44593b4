import Testing

@testable import ZeroMQ

/// Senders far ahead of a quick writer wait for it a moment.
@Suite(.timeLimit(.minutes(1))) struct FollowTests {
    static let block = Message([UInt8](repeating: 1, count: 64 << 10))

    @Test func whoIsFarAheadGoesOnWhenTheWriterHasCaughtUp() async throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
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
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        let task = try await bench.follow()
        bench.write(1, of: try bench.pipe)
        #expect(try bench.pipe.queuedBytes > Pace.distance)
        try await task.value
        #expect(try bench.pipe.isFarAhead)
    }

    @Test func aLostConnectionLetsThemGo() async throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        let task = try await bench.follow()
        bench.side.interrupt(try bench.pipe) {}
        try await task.value
        #expect(bench.followers == 0)
    }

    @Test func aRemovedPeerLetsThemGo() async throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        let task = try await bench.follow()
        bench.push.core.detach(bench.peers[0], reason: .peerGone)
        try await task.value
        #expect(bench.followers == 0)
    }

    @Test func aWithdrawnPeerLetsThemGo() async throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        let task = try await bench.follow()
        bench.push.core.withdraw(bench.peers[0])
        try await task.value
        #expect(bench.followers == 0)
        #expect(!bench.side.follow(Waiter()))
    }

    @Test func closingLetsThemGoAndTheMessageIsSent() async throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        let task = try await bench.follow()
        bench.push.core.beginClosing(linger: .zero, error: .closed)
        try await task.value
        #expect(!bench.side.follow(Waiter()))
    }

    @Test func aCancelledSendHasSent() async throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        let before = bench.push.statistics.messagesSent
        let task = try await bench.follow()
        task.cancel()
        try await task.value
        #expect(bench.push.statistics.messagesSent == before + 1)
        #expect(bench.followers == 0)
    }

    @Test func patienceEndsAndTheWriterIsQuickNoMore() async throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        for _ in 0..<4 {
            #expect(try bench.pipe.isFarAhead)
            let task = try await bench.follow()
            // The clock is the simulator's: no wait ends before it is moved. The sender may have
            // yet to set its timer.
            #expect(bench.followers == 1)
            try await eventually("it is patient no more") {
                bench.world.pass(.milliseconds(5))
                return bench.followers == 0
            }
            try await task.value
        }
        #expect(try !bench.pipe.isFarAhead)
        // The next one does not wait again.
        try await bench.push.send(FollowTests.block)
    }

    @Test func blockingSendsAreAsPatient() async throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        let push = bench.push
        try await offThread { for _ in 0..<4 { try push.sendBlocking(FollowTests.block) } }
        #expect(bench.followers == 0)
        #expect(try !bench.pipe.isFarAhead)
    }

    @Test func trySendNeverWaits() throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        for _ in 0..<10 { #expect(try bench.push.trySend(FollowTests.block)) }
        #expect(bench.followers == 0)
        #expect(try bench.pipe.isFarAhead)
    }

    @Test func aReceiverInProcessIsWaitedForWhileItIsQuick() throws {
        let context = try Context()
        let pull = try PullSocket(context)
        let push = try PushSocket(context)
        _ = try pull.bind("inproc://near")
        try push.connect("inproc://near")
        let side = try push.core.sending()
        let pipe = try #require(side.lock.withLock { side.pipes[0] })
        func fill() throws {
            while pipe.queuedBytes <= Pace.distance { try push.sendBlocking(FollowTests.block) }
        }
        try fill()
        #expect(!pipe.isFarAhead, "nobody has fetched yet")
        // What was fetched is used up at once, and the next fetched; unless the machine stands
        // still.
        for _ in 0..<100 where !pipe.isFarAhead {
            while try pull.tryReceive() != nil {}
            try fill()
        }
        #expect(pipe.isFarAhead)
        let waiter = Waiter()
        #expect(side.follow(waiter))
        _ = try pull.tryReceive()
        #expect(!side.follow(waiter), "what was queued has been fetched")
        #expect(side.lock.withLock { side.followers.isEmpty })
    }

    @Test func aFewLargeMessagesAreNotFarAhead() throws {
        let bench = try HandDriven()
        try bench.getAhead(FollowTests.block)
        let pipe = try bench.pipe
        bench.write(pipe.queuedBytes, of: pipe)
        let large = Message([UInt8](repeating: 1, count: Pace.distance))
        for _ in 0..<Pace.fewMessages {
            #expect(try bench.push.trySend(large))
            #expect(!pipe.isFarAhead)
        }
        #expect(try bench.push.trySend(large))
        #expect(pipe.isFarAhead)
    }

    @Test func severalPeersAreNotWaitedFor() async throws {
        let bench = try HandDriven(peers: 2)
        try bench.getAhead(FollowTests.block)
        for _ in 0..<10 { try await bench.push.send(FollowTests.block) }
        #expect(bench.followers == 0)
    }
}

extension HandDriven {
    /// Has the writer of every peer be quick, and far behind.
    fileprivate func getAhead(_ block: Message) throws {
        for peer in peers {
            let pipe = try #require(peer.outbound)
            side.appendGreeting([1], to: pipe)
            look(at: pipe)
            write(pipe.queuedBytes, of: pipe)
        }
        while try pipe.queuedBytes <= Pace.distance {
            #expect(try push.trySend(block))
        }
        // The next batch is under way.
        for peer in peers { look(at: try #require(peer.outbound)) }
    }

    fileprivate var followers: Int { side.lock.withLock { side.followers.count } }

    /// A send that waits for the writer.
    fileprivate func follow() async throws -> Task<Void, any Error> {
        let push = push
        let task = Task { try await push.send(FollowTests.block) }
        try await eventually("it waits") { followers == 1 }
        return task
    }
}
