/// A thread of the operating system, with a name and all signals blocked.
///
/// Start it once; then either `join()` it or leave it: an unjoined thread is detached when the last
/// reference to this object goes.
final class OSThread: Sendable {
    /// What the thread runs, boxed so that it fits the system's one pointer.
    final class Start: Sendable {
        let name: String
        let body: @Sendable () -> Void

        init(name: String, body: @escaping @Sendable () -> Void) {
            self.name = name
            self.body = body
        }
    }

    let token: System.ThreadToken
    private let lock = Lock()
    // Guarded by the lock.
    nonisolated(unsafe) private var isJoined = false

    /// Starts a thread.
    ///
    /// - Parameter name: shown by debuggers; the system keeps the first 15 bytes.
    /// - Throws: an error of kind `.exhausted` if the system has no thread left.
    init(name: String, _ body: @escaping @Sendable () -> Void) throws(IOError) {
        token = try System.startThread(Start(name: name, body: body))
    }

    /// Waits for the thread to end. Later calls, and the thread's own, return at once.
    func join() {
        if System.isCurrent(token) { return }
        let mine = lock.withLock {
            let first = !isJoined
            isJoined = true
            return first
        }
        if mine { System.join(token) }
    }

    deinit {
        if !isJoined { System.detach(token) }
    }
}
