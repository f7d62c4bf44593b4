import Synchronization

/// The barrier that all threads execute when a ``ReceiveLease`` ends.
///
/// Not every system has such a call, some forbid it, and a program may forbid it to itself later,
/// when leases are out.
enum LeaseFence {
    private static let works = Atomic<Bool>(false)

    /// Whether anything may be leased.
    static var isThere: Bool { works.load(ordering: .relaxed) }

    /// Finds out. Takes milliseconds where the process has many threads.
    static func prepare(by prepare: () -> Bool = System.prepareFence) {
        works.store(prepare(), ordering: .relaxed)
    }

    /// Has all threads execute a barrier.
    static func pass(
        by fence: () -> Bool = System.fenceThreads, prepare: () -> Bool = System.prepareFence
    ) {
        // A process that was stored and restored has to be prepared again.
        if fence() || (prepare() && fence()) { return }
        works.store(false, ordering: .relaxed)
        // What other processors have still to store they have stored by then.
        System.pause(milliseconds: 1)
    }
}
