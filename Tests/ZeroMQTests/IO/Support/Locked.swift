@testable import ZeroMQ

/// A value behind a lock. Tests use it instead of `Mutex`, whose waiting path lies in the standard
/// library, where the thread sanitizer sees no hand-over and reports races that are none.
final class Locked<Value>: @unchecked Sendable {
    // Unchecked: the value is guarded by the lock.
    private let lock = Lock()
    private var value: Value

    init(_ value: sending Value) {
        self.value = value
    }

    func withLock<R, E: Error>(_ body: (inout Value) throws(E) -> R) throws(E) -> R {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
