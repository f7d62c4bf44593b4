import Synchronization

/// A thread that holds a ``ReceiveLease``, or once did.
///
/// One for each thread, and no other living thread's: one that comes late, when its lease has ended
/// long ago, still touches what is its own.
struct LeaseHolder: ~Copyable {
    /// The number of the thread.
    let thread: UInt
    /// 1 while it takes a message.
    private let isTaking = Atomic<UInt32>(0)

    private static var spins: Int { 100 }
    private static var longestSleep: Duration { .microseconds(200) }

    init(thread: UInt) { self.thread = thread }

    @inline(__always)
    borrowing func begin() { isTaking.store(1, ordering: .relaxed) }

    @inline(__always)
    borrowing func end() { isTaking.store(0, ordering: .releasing) }

    /// Waits until it has what it is taking: nanoseconds, unless it was interrupted.
    borrowing func wait() {
        var looks = 0
        while isTaking.load(ordering: .acquiring) != 0 {
            looks += 1
            if looks < Self.spins {
                System.pause()
            } else {
                // Nobody wakes this thread: the other has no time for it.
                System.sleep(on: isTaking, while: 1, until: .now().advanced(by: Self.longestSleep))
            }
        }
    }
}
