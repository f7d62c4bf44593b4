import Synchronization

/// A small mutual exclusion lock: one word, and one atomic exchange when uncontended.
///
/// It is written on `Atomic`, so the fast path is inlined into the caller and thread-sanitizer sees
/// every hand-over. A thread that finds it taken spins for a moment (the sections it guards are
/// nearly always tens of nanoseconds long), then sleeps in the kernel on the word itself. It is
/// neither fair nor recursive.
///
/// Giving it back is a plain store where nobody has said that he sleeps; an exchange there took 4
/// of 10 ns. Somebody may say so between the look and the store, and is then not woken: so nobody
/// sleeps for longer than ``longestSleep`` without another look.
///
/// Measured beside it: `Synchronization.Mutex` is 10 % slower uncontended and equal contended, but
/// its slow path is hidden from thread-sanitizer and Embedded Swift has none; a `pthread_mutex_t`
/// costs half as much again uncontended and twice as much contended.
struct Lock: ~Copyable, Sendable {
    /// 0 is free, 1 held, 2 held and somebody may be asleep.
    private let word = Atomic<UInt32>(0)

    /// How often a taken lock is looked at before its thread sleeps.
    private static var spins: Int { 100 }

    /// The longest sleep of a thread that nobody wakes.
    private static var longestSleep: Duration { .microseconds(200) }

    init() {}

    /// Takes the lock, waiting for as long as it is held by another thread.
    @inline(__always)
    borrowing func lock() {
        let (exchanged, _) = word.weakCompareExchange(
            expected: 0, desired: 1, successOrdering: .acquiring, failureOrdering: .relaxed)
        if exchanged { return }
        lockContended()
    }

    /// Takes the lock if nobody holds it.
    @inline(__always)
    borrowing func tryLock() -> Bool {
        word.compareExchange(
            expected: 0, desired: 1, successOrdering: .acquiring, failureOrdering: .relaxed
        ).exchanged
    }

    /// Gives the lock back. Only the thread that took it may.
    @inline(__always)
    borrowing func unlock() {
        // Where a sleep is as long as a tick of the system's clock nobody is left to sleep it out.
        #if canImport(WinSDK)
            releaseContended()
        #else
            guard word.load(ordering: .relaxed) == 1 else { return releaseContended() }
            word.store(0, ordering: .releasing)
        #endif
    }

    /// Whether somebody holds it now.
    var isHeld: Bool { word.load(ordering: .relaxed) != 0 }

    /// Whether somebody may be asleep, as the thread that holds the lock sees it.
    var isWaitedFor: Bool { word.load(ordering: .relaxed) == 2 }

    /// Gives back what a thread held that a fork has left behind. In the child only.
    borrowing func breakAfterFork() { word.store(0, ordering: .relaxed) }

    /// Runs `body` with the lock held.
    @inline(__always)
    borrowing func withLock<R: ~Copyable, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        lock()
        defer { unlock() }
        return try body()
    }

    @inline(never)
    private borrowing func lockContended() {
        for _ in 0..<Self.spins {
            let value = word.load(ordering: .relaxed)
            // Sleepers are there already: joining them beats fighting them.
            if value == 2 { break }
            if value == 0 {
                let (exchanged, _) = word.weakCompareExchange(
                    expected: 0, desired: 1, successOrdering: .acquiring,
                    failureOrdering: .relaxed)
                if exchanged { return }
            }
            System.pause()
        }
        // A thread that has slept cannot know whether it was the last one: it takes the lock as 2,
        // which costs at most one needless wake-up.
        while word.exchange(2, ordering: .acquiring) != 0 { sleep() }
    }

    /// Sleeps until woken, or until the word no longer says that somebody sleeps.
    private borrowing func sleep() {
        while !System.sleep(on: word, while: 2, until: .now().advanced(by: Self.longestSleep)) {
            // Whoever says so again without need has each release make a call of the system.
            if word.load(ordering: .relaxed) != 2 { return }
        }
    }

    @inline(never)
    private borrowing func releaseContended() {
        if word.exchange(0, ordering: .releasing) == 2 { System.wakeOne(on: word) }
    }
}
