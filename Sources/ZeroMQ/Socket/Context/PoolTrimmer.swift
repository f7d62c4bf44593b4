/// Has the memory that a burst left in a pool given back: a timer of an I/O thread that runs only
/// while there is too much of it.
final class PoolTrimmer: IOHandler, @unchecked Sendable {
    // Unchecked: immutable.
    private static let interval = Duration.milliseconds(100)

    private let pool: ChunkPool
    private let thread: IOThread

    init(_ pool: ChunkPool, on thread: IOThread) {
        self.pool = pool
        self.thread = thread
    }

    /// From any thread; false when the I/O thread has ended.
    func begin() -> Bool {
        thread.post { self.arm() }
    }

    private func arm() {
        _ = thread.armTimer(at: thread.now().advanced(by: Self.interval), self, tag: 0)
    }

    func completed(_ outcome: IOOutcome) {}

    func timerFired(_ tag: UInt8) {
        if pool.trim() { arm() }
    }
}
