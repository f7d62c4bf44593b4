import Testing

@testable import ZeroMQ

/// Senders of small messages write by themselves what the I/O thread leaves to them.
@Suite struct HelpTests {
    private static let small = Message([UInt8](repeating: 7, count: 64))
    private static let large = Message([UInt8](repeating: 7, count: 1000))
    private static let frameSize = 66

    /// A socket whose I/O thread has looked once and found nothing.
    private func bench(highWaterMark: Int = 1000, peers: Int = 1) throws -> HandDriven {
        let bench = try HandDriven(
            peers: peers, highWaterMark: highWaterMark, allowsOwnWrites: true)
        for peer in bench.peers {
            let pipe = try #require(peer.outbound)
            #expect(bench.look(at: pipe) == .stop)
            // As if busy a moment ago: the next message is not written by its sender at once.
            pipe.idleSince = .distantFuture
        }
        return bench
    }

    /// Has the I/O thread rest: it takes each message as soon as it is sent.
    private func startResting(_ bench: HandDriven) throws -> Instant {
        let pipe = try bench.pipe
        #expect(try bench.push.trySend(Self.small))
        #expect(bench.look(at: pipe) == .write)
        for _ in 0..<100 {
            for _ in 0..<10 { #expect(try bench.push.trySend(Self.small)) }
            pipe.flight.advance(pipe.queuedBytes - 10 * Self.frameSize)
            switch bench.look(at: pipe, after: .nanoseconds(100)) {
            case .write: continue
            case .rest(let end): return end
            case .stop: Issue.record("there was something to write")
            }
        }
        Issue.record("no rest")
        return .distantFuture
    }

    @Test func aFullQueueThatNobodyHasComeForIsWrittenByItsSender() throws {
        let bench = try bench()
        let pipe = try bench.pipe
        bench.driver.window = .max
        for _ in 0..<992 { #expect(try bench.push.trySend(Self.small)) }
        #expect(pipe.writer == .told && bench.driver.signals == 1)
        #expect(!bench.driver.hasWritten)
        #expect(try bench.push.trySend(Self.small))
        #expect(bench.driver.writtenBytes == 993 * Self.frameSize)
        #expect(pipe.queuedMessages == 0 && pipe.writer == .told)
        #expect(bench.driver.signals == 1)
    }

    @Test func theHighWaterMarkCountsAsFull() throws {
        let bench = try bench(highWaterMark: 10)
        bench.driver.window = .max
        for _ in 0..<100 { #expect(try bench.push.trySend(Self.small)) }
        #expect(bench.driver.writtenBytes == 100 * Self.frameSize)
        #expect(try !bench.pipe.isParked)
    }

    @Test func whatTheConnectionDoesNotTakeIsTheIOThreads() throws {
        let bench = try bench()
        let pipe = try bench.pipe
        let taken = 3 * Self.frameSize + 5
        bench.driver.window = taken
        for _ in 0..<993 { #expect(try bench.push.trySend(Self.small)) }
        #expect(pipe.writer == .writing && bench.driver.writtenBytes == taken)
        // Nobody writes in between: later messages would come before the rest of the fourth.
        bench.driver.window = .max
        while try bench.push.trySend(Self.small) {}
        #expect(bench.driver.writtenBytes == taken)
        #expect(bench.driver.signals == 1, "it has been told already")
        #expect(bench.look(at: pipe) == .write)
        bench.write(993 * Self.frameSize - taken, of: pipe)
        #expect(pipe.queuedBytes == 7 * Self.frameSize && pipe.queuedMessages == 7)
    }

    @Test func nobodyHelpsAnIOThreadThatWrites() throws {
        let bench = try bench(highWaterMark: 10)
        bench.driver.window = .max
        #expect(try bench.push.trySend(Self.small))
        #expect(bench.look(at: try bench.pipe) == .write)
        while try bench.push.trySend(Self.small) {}
        #expect(!bench.driver.hasWritten)
        #expect(try bench.pipe.isParked)
    }

    @Test func largeMessagesAreLeftToTheIOThread() throws {
        let bench = try bench()
        bench.driver.window = .max
        for _ in 0..<900 { #expect(try bench.push.trySend(Self.large)) }
        #expect(!bench.driver.hasWritten)
    }

    @Test func aQuickSenderGetsTheIOThreadToRest() throws {
        let bench = try bench()
        let end = try startResting(bench)
        #expect(end == bench.now.advanced(by: .microseconds(50)))
        #expect(try bench.pipe.writer == .resting)
        bench.driver.window = .max
        let signals = bench.driver.signals
        for _ in 0..<5000 { #expect(try bench.push.trySend(Self.small)) }
        #expect(bench.driver.writtenBytes >= 4096 * Self.frameSize)
        #expect(bench.driver.signals == signals, "the sender writes by itself")
    }

    @Test func aRestIsFollowedByAnotherWhileTheSenderWrites() throws {
        let bench = try bench()
        _ = try startResting(bench)
        let pipe = try bench.pipe
        bench.driver.window = .max
        for _ in 0..<2000 { #expect(try bench.push.trySend(Self.small)) }
        let step = bench.look(at: pipe, after: .microseconds(60))
        #expect(step == .rest(until: bench.now.advanced(by: .microseconds(90))))
        // The sender has stopped: its last messages leave when the rest ends.
        #expect(pipe.queuedMessages > 0)
        #expect(bench.look(at: pipe, after: .microseconds(90)) == .write)
        bench.write(pipe.queuedBytes, of: pipe)
        #expect(pipe.writer == .nobody && pipe.queuedMessages == 0)
    }

    @Test func aRestIsNeverLong() throws {
        let bench = try bench()
        _ = try startResting(bench)
        bench.driver.window = .max
        for _ in 0..<1000 { #expect(try bench.push.trySend(Self.small)) }
        let step = bench.look(at: try bench.pipe, after: .milliseconds(10))
        #expect(step == .rest(until: bench.now.advanced(by: .microseconds(200))))
    }

    @Test func aRestingIOThreadIsToldOfWhatTheConnectionDoesNotTake() throws {
        let bench = try bench()
        _ = try startResting(bench)
        let signals = bench.driver.signals
        bench.driver.window = 5
        while try bench.push.trySend(Self.small) {}
        #expect(bench.driver.signals == signals + 1)
        #expect(try bench.pipe.writer == .writing)
        #expect(bench.look(at: try bench.pipe) == .write)
    }

    @Test func aSenderOfLargerMessagesEndsTheRest() throws {
        let bench = try bench()
        _ = try startResting(bench)
        let pipe = try bench.pipe
        let signals = bench.driver.signals
        bench.driver.window = .max
        for _ in 0..<100 { #expect(try bench.push.trySend(Self.large)) }
        #expect(!bench.driver.hasWritten)
        #expect(bench.driver.signals == signals + 1 && pipe.writer == .told)
        #expect(bench.look(at: pipe) == .write)
    }

    /// A router does not wait for room: it drops.
    @Test(arguments: [PipeWriter.told, .resting])
    func aRoutersFullQueueIsWrittenByItsSender(_ writer: PipeWriter) throws {
        let (slots, driver) = (SlotPool(), HandDriver())
        let routed = RoutedSend(options: SocketOptions(), seed: 1)
        let side = SendSide(strategy: routed, conflates: false, slots: slots)
        let pipe = OutboundPipe(
            slot: slots.acquire(holders: 1), highWaterMark: 10, byteLimit: .max, pool: ChunkPool())
        let id = try RoutingID("peer")
        let isReachable = routed.routes.claim(id, for: pipe)
        #expect(isReachable)
        side.attach(pipe)
        side.begin(pipe, driver: driver, allowsOwnWrites: true)
        pipe.writer = writer
        driver.window = .max
        let areSent = try (0..<100).allSatisfy { _ in try side.attempt(["peer", "body"]).isSent }
        #expect(areSent)
        #expect(side.counters.dropped.byReason.isEmpty)
        #expect(driver.writtenBytes == 100 * 6 && driver.signals == 0)
    }

    @Test func nobodyRestsWhileASenderWaits() throws {
        let bench = try bench(highWaterMark: 20)
        let pipe = try bench.pipe
        #expect(try bench.push.trySend(Self.small))
        #expect(bench.look(at: pipe) == .write)
        for _ in 0..<100 {
            while try bench.push.trySend(Self.small) {}
            // One message leaves: the queue stays more than half full.
            pipe.flight.advance(Self.frameSize)
            #expect(bench.look(at: pipe, after: .nanoseconds(100)) == .write)
            #expect(pipe.isParked)
            pipe.flight.advance(pipe.queuedBytes)
            bench.look(at: pipe, after: .nanoseconds(100))
        }
    }

    @Test func aShortBurstHasNoRests() throws {
        let bench = try bench()
        let pipe = try bench.pipe
        bench.driver.window = .max
        for _ in 0..<3000 { #expect(try bench.push.trySend(Self.small)) }
        #expect(bench.driver.writtenBytes > 2000 * Self.frameSize)
        #expect(bench.look(at: pipe) == .write)
        bench.write(pipe.queuedBytes, of: pipe)
        #expect(pipe.writer == .nobody)
    }

    @Test func slowSendersAreServedAtOnce() throws {
        let bench = try bench()
        let pipe = try bench.pipe
        #expect(try bench.push.trySend(Self.small))
        #expect(bench.look(at: pipe) == .write)
        for _ in 0..<100 {
            for _ in 0..<10 { #expect(try bench.push.trySend(Self.small)) }
            pipe.flight.advance(pipe.queuedBytes - 10 * Self.frameSize)
            // 10 messages in 10 us.
            #expect(bench.look(at: pipe, after: .microseconds(10)) == .write)
        }
    }

    @Test func aWithdrawnPeerIsWrittenOut() throws {
        let bench = try bench()
        _ = try startResting(bench)
        bench.push.core.withdraw(bench.peers[0])
        #expect(bench.look(at: try bench.pipe, after: .microseconds(50)) == .write)
    }

    @Test func anInterruptedRestIsOver() throws {
        let bench = try bench()
        _ = try startResting(bench)
        let pipe = try bench.pipe
        bench.side.interrupt(pipe) {}
        bench.driver.window = .max
        while try bench.push.trySend(Self.small) {}
        #expect(!bench.driver.hasWritten && pipe.writer == .nobody)
        let queued = pipe.queuedMessages
        bench.side.begin(pipe, driver: bench.driver, allowsOwnWrites: true)
        // The connection may have something of its own to write first.
        #expect(try !bench.push.trySend(Self.small))
        #expect(bench.look(at: pipe) == .write)
        bench.write(pipe.queuedBytes, of: pipe)
        #expect(queued == 1000 && pipe.queuedMessages == 0)
    }

    @Test func commandsOfTheConnectionComeBetweenMessages() throws {
        let bench = try bench()
        _ = try startResting(bench)
        let pipe = try bench.pipe
        bench.side.claim(pipe)
        bench.driver.window = .max
        while try bench.push.trySend(Self.small) {}
        #expect(!bench.driver.hasWritten)
        #expect(bench.look(at: pipe) == .write)
    }
}
