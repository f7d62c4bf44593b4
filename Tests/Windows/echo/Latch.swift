import Synchronization

/// A count of several threads; one of them may wait for it to come down.
final class Latch: Sendable {
    private let left: Atomic<Int>
    private let parker = ThreadParker()

    init(_ count: Int = 0) { left = Atomic(count) }

    var count: Int { left.load(ordering: .acquiring) }

    /// One more.
    func add() { left.add(1, ordering: .acquiringAndReleasing) }

    func set(_ count: Int) { left.store(count, ordering: .releasing) }

    /// One less.
    func arrive() {
        left.subtract(1, ordering: .acquiringAndReleasing)
        parker.unpark()
    }

    /// Waits until at most `target` are left; false when that took more than a minute.
    func wait(for target: Int = 0) -> Bool {
        let deadline = Instant.now().advanced(by: .seconds(60))
        while count > target {
            guard Instant.now() < deadline else { return false }
            _ = parker.park(until: deadline)
        }
        return true
    }
}
