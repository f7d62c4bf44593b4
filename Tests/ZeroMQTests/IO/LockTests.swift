import Synchronization
import Testing

@testable import ZeroMQ

/// A plain number under a lock: what thread-sanitizer watches, too.
private final class GuardedNumber: @unchecked Sendable {  // guarded by the lock
    let lock = Lock()
    var number = 0
}

@Suite struct LockTests {
    @Test(arguments: [2, 4]) func excludesOtherThreads(_ count: Int) throws {
        let guarded = GuardedNumber()
        let threads = try (0..<count).map { _ in
            try OSThread(name: "locker") {
                for _ in 0..<50_000 { guarded.lock.withLock { guarded.number += 1 } }
            }
        }
        for thread in threads { thread.join() }
        #expect(guarded.number == count * 50_000)
    }

    /// The holder sleeps on something else meanwhile, so the others sleep on the lock.
    @Test func wakesSleepers() throws {
        let guarded = GuardedNumber()
        let parkers = (0..<3).map { _ in ThreadParker() }
        guarded.lock.lock()
        let threads = try parkers.map { parker in
            try OSThread(name: "locker") {
                parker.unpark()
                for _ in 0..<1000 { guarded.lock.withLock { guarded.number += 1 } }
            }
        }
        for parker in parkers {
            #expect(parker.park(until: Instant.now().advanced(by: .seconds(20))))
        }
        // Longer than anybody spins.
        let deadline = Instant.now().advanced(by: .milliseconds(5))
        #expect(!ThreadParker().park(until: deadline))
        #expect(guarded.number == 0)
        guarded.lock.unlock()
        for thread in threads { thread.join() }
        #expect(guarded.number == 3000)
    }

    /// As when it is given back just while somebody goes to sleep: nobody is told of that.
    @Test func aSleeperThatIsNotWokenLooksAgain() throws {
        let guarded = GuardedNumber()
        let parker = ThreadParker()
        guarded.lock.lock()
        let thread = try OSThread(name: "locker") {
            parker.unpark()
            guarded.lock.withLock { guarded.number += 1 }
        }
        #expect(parker.park(until: Instant.now().advanced(by: .seconds(20))))
        // Longer than anybody spins.
        let deadline = Instant.now().advanced(by: .milliseconds(5))
        #expect(!ThreadParker().park(until: deadline))
        guarded.lock.breakAfterFork()
        thread.join()
        #expect(guarded.number == 1)
    }

    @Test func tryLockDoesNotWait() {
        let lock = Lock()
        let first = lock.tryLock()
        let second = lock.tryLock()
        lock.unlock()
        let third = lock.tryLock()
        lock.unlock()
        #expect([first, second, third] == [true, false, true])
    }

    @Test func withLockPassesErrorsOn() {
        let lock = Lock()
        #expect(throws: IOError(.reset, during: .send)) {
            try lock.withLock { () throws(IOError) in throw IOError(.reset, during: .send) }
        }
        let isFree = lock.tryLock()
        #expect(isFree)
    }
}

@Suite struct ThreadParkerTests {
    @Test func tokenGivenBeforeIsTaken() {
        let parker = ThreadParker()
        parker.unpark()
        parker.unpark()
        #expect(parker.park(until: nil))
        #expect(!parker.park(until: .distantPast), "tokens do not add up")
    }

    @Test func timeRunsOut() {
        let parker = ThreadParker()
        let deadline = Instant.now().advanced(by: .milliseconds(2))
        #expect(!parker.park(until: deadline))
        #expect(Instant.now() >= deadline)
        // A late token is there for the next.
        parker.unpark()
        #expect(parker.park(until: .distantPast))
    }

    @Test func twoThreadsTakeTurns() throws {
        let (there, back) = (ThreadParker(), ThreadParker())
        let thread = try OSThread(name: "parker") {
            for _ in 0..<10_000 {
                _ = there.park(until: nil)
                back.unpark()
            }
        }
        for round in 0..<10_000 {
            there.unpark()
            let isBack = back.park(until: Instant.now().advanced(by: .seconds(20)))
            #expect(isBack, "round \(round)")
            if !isBack { break }
        }
        thread.join()
    }
}
