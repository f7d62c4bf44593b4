/// Commands for an I/O thread that has ended, from those who must be heard all the same.
///
/// Whoever brings one runs it, one at a time and only after the I/O thread is done, so that what
/// belongs to the thread is still touched by one thread at a time.
final class LateCommands: @unchecked Sendable {  // everything is guarded by the lock
    private let lock = Lock()
    private var commands: [@Sendable () -> Void] = []
    private var isReleased = false
    private var isRunning = false

    func add(_ command: @escaping @Sendable () -> Void) {
        lock.withLock { commands.append(command) }
        run()
    }

    /// The I/O thread is done: commands may be run.
    func release() {
        lock.withLock { isReleased = true }
        run()
    }

    private func run() {
        while let command = take() {
            command()
            lock.withLock { isRunning = false }
        }
    }

    /// The next command; nil if there is none, or somebody else is at it.
    private func take() -> (@Sendable () -> Void)? {
        lock.withLock {
            guard isReleased, !isRunning, !commands.isEmpty else { return nil }
            isRunning = true
            return commands.removeFirst()
        }
    }
}
