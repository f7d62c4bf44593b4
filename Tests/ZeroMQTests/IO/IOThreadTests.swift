import Synchronization
import Testing

@testable import ZeroMQ

/// Counts how often it is flushed.
private final class Counter: Flushable {
    let count = Atomic<Int>(0)
    func flush() { count.add(1, ordering: .relaxed) }
}

/// The loop: mailbox, timers, life and death.
@Suite struct IOThreadTests {
    @Test(arguments: PollerBackend.allCases) func runsWhatOtherThreadsPost(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let thread = loop.thread
        let counter = Counter()
        let count = SharedCount()
        let other = try OSThread(name: "poster") {
            for _ in 0..<100 {
                thread.post { count.value.add(1, ordering: .relaxed) }
                thread.schedule(counter)
            }
        }
        // A virtual clock does not wait for other threads.
        if backend.isSimulated { other.join() }
        loop.run {
            count.value.load(ordering: .relaxed) == 100
                && counter.count.load(ordering: .relaxed) == 100
        }
        other.join()
    }

    @Test(arguments: PollerBackend.allCases) func firesTimersInOrder(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let end = try TestEnd.listening(loop)
        let start = loop.thread.now()
        for (tag, milliseconds) in [(3, 30), (1, 10), (2, 20), (4, 30)] {
            _ = loop.thread.armTimer(
                at: start.advanced(by: .milliseconds(milliseconds)), end, tag: UInt8(tag))
        }
        let dropped = loop.thread.armTimer(at: start.advanced(by: .milliseconds(15)), end, tag: 9)
        loop.thread.cancelTimer(dropped)
        loop.run { end.timerTags.count == 4 }
        #expect(end.timerTags == [1, 2, 3, 4])
        #expect(loop.thread.now() >= start.advanced(by: .milliseconds(30)))
        #expect(loop.thread.timerCount == 0)
        loop.thread.cancelTimer(dropped)
    }

    @Test(arguments: PollerBackend.allCases) func timerInThePastFiresNextTurn(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let end = try TestEnd.listening(loop)
        _ = loop.thread.armTimer(at: .distantPast, end, tag: 1)
        _ = loop.thread.armTimer(at: .distantFuture, end, tag: 2)
        loop.thread.runTurn(wait: true)
        #expect(end.timerTags == [1])
    }

    @Test func threadEndsAfterItsWork() throws {
        let thread = IOThread(name: "test", poller: try System.makePoller())
        try thread.start()
        let count = SharedCount()
        for _ in 0..<1000 { thread.post { count.value.add(1, ordering: .relaxed) } }
        thread.stop()
        thread.join()
        #expect(count.value.load(ordering: .relaxed) == 1000)
        #expect(!thread.post {})
        #expect(!thread.isCurrent)
    }

    @Test func threadKnowsItself() throws {
        let thread = IOThread(name: "test", poller: try System.makePoller())
        try thread.start()
        let parker = ThreadParker()
        let seen = SharedCount()
        thread.post {
            if thread.isCurrent { seen.value.add(1, ordering: .relaxed) }
            // Neither hangs on the thread itself.
            thread.join()
            parker.unpark()
        }
        #expect(parker.park(until: Instant.now().advanced(by: .seconds(20))))
        #expect(seen.value.load(ordering: .relaxed) == 1)
        #expect(!thread.isCurrent)
        thread.stop()
        thread.join()
    }

    /// A lost wake-up would let the thread sleep for ever: it has no timer.
    @Test func losesNoWakeUp() throws {
        let thread = IOThread(name: "test", poller: try System.makePoller())
        try thread.start()
        let parker = ThreadParker()
        for round in 0..<20_000 {
            thread.post { parker.unpark() }
            let isDone = parker.park(until: Instant.now().advanced(by: .seconds(20)))
            #expect(isDone, "round \(round)")
            if !isDone { break }
        }
        thread.stop()
        thread.join()
    }

    @Test func losesNoWakeUpUnderContention() throws {
        let thread = IOThread(name: "test", poller: try System.makePoller())
        try thread.start()
        let count = SharedCount()
        let counter = Counter()
        let posters = try (0..<3).map { poster in
            try OSThread(name: "poster") {
                let parker = ThreadParker()
                for round in 0..<10_000 {
                    thread.schedule(counter)
                    thread.post { count.value.add(1, ordering: .relaxed) }
                    // Now and then the queue runs dry, so that the thread goes to sleep.
                    if round % (7 + poster) == 0 {
                        thread.post { parker.unpark() }
                        if !parker.park(until: Instant.now().advanced(by: .seconds(20))) { return }
                    }
                }
            }
        }
        for poster in posters { poster.join() }
        thread.stop()
        thread.join()
        #expect(count.value.load(ordering: .relaxed) == 30_000)
        #expect(counter.count.load(ordering: .relaxed) == 30_000)
    }

    @Test func K15_issue84eb4615_brokenPollerEndsTheThreadOnly() throws {
        let failures = SharedCount()
        let retired = SharedCount()
        let network = SimulatedNetwork(seed: 1)
        let poller = BreakablePoller(SimulatedPoller(network))
        poller.breakNow()
        let thread = IOThread(name: "test", poller: poller)
        thread.watchFailure { error in
            if error.kind == .closed { failures.value.add(1, ordering: .relaxed) }
        }
        let handler = RetireCounter(retired)
        _ = try poller.register(network.makeSignal(), handler, owned: true)
        try thread.start()
        thread.join()
        #expect(failures.value.load(ordering: .relaxed) == 1)
        #expect(retired.value.load(ordering: .relaxed) == 1)
        #expect(!thread.post {})
    }
}

/// A count several threads add to.
final class SharedCount: Sendable {
    let value = Atomic<Int>(0)
}

private final class RetireCounter: IOHandler {
    let count: SharedCount
    init(_ count: SharedCount) { self.count = count }
    func completed(_ outcome: IOOutcome) {
        if case .retired = outcome { count.value.add(1, ordering: .relaxed) }
    }
}
