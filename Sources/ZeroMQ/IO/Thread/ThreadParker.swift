import Synchronization

/// Puts one thread to sleep until another one says so: a token that can be given before it is asked
/// for.
///
/// One thread waits at a time; any number of threads may call `unpark()`, and tokens do not add up.
final class ThreadParker: Sendable {
    private static var empty: UInt32 { 0 }
    private static var token: UInt32 { 1 }
    private static var parked: UInt32 { 2 }

    private let word = Atomic<UInt32>(0)

    init() {}

    /// Takes the token, sleeping until there is one or the deadline has passed.
    ///
    /// - Parameter deadline: on the system's monotonic clock; nil waits for ever.
    /// - Returns: true with the token taken, false when time was up.
    func park(until deadline: Instant? = nil) -> Bool {
        let (idle, _) = word.compareExchange(
            expected: Self.empty, desired: Self.parked, ordering: .acquiringAndReleasing)
        // Not empty: with a single waiter it can only be the token.
        if !idle { return word.exchange(Self.empty, ordering: .acquiring) == Self.token }
        while word.load(ordering: .acquiring) == Self.parked {
            if !System.sleep(on: word, while: Self.parked, until: deadline) { break }
        }
        return word.exchange(Self.empty, ordering: .acquiring) == Self.token
    }

    /// Gives the token, and wakes the thread that waits for it.
    func unpark() {
        if word.exchange(Self.token, ordering: .releasing) == Self.parked {
            System.wakeOne(on: word)
        }
    }
}
