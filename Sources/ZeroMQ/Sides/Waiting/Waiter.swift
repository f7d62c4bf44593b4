/// One suspended task or blocked thread, woken exactly once for whatever comes first: a signal, its
/// deadline, or its cancellation.
final class Waiter: LoopGuest, @unchecked Sendable {
    // Unchecked: `state` is guarded by `lock`, `place` by the lock of the queue's owner.

    /// Why a wait ended.
    enum Wake {
        case signalled
        case timedOut
        case cancelled
    }

    private enum State {
        case idle
        case suspended(Continuation<Void>)
        case woken(Wake)
    }

    /// Where the waiter stands in a ``WaitQueue``.
    struct Place {
        var previous: Unmanaged<Waiter>?
        var next: Unmanaged<Waiter>?
        var isQueued = false
    }

    /// Guarded by the lock of the queue's owner.
    var place = Place()
    private let lock = Lock()
    private var state = State.idle
    // A deadline rings once: one that passes while a signal is still to be looked at ends the next
    // wait instead, or a task that is signalled in vain would wait for ever after.
    private var isExpired = false
    private let parker: ThreadParker?

    /// A waiter for a task.
    init() {
        parker = nil
    }

    /// A waiter for the current thread.
    init(parker: ThreadParker) {
        self.parker = parker
    }

    /// Ends the wait, unless something else has already.
    func wake(_ reason: Wake = .signalled) {
        lock.lock()
        let previous = state
        switch previous {
        case .woken(let earlier): isExpired = isExpired || reason == .timedOut && earlier != reason
        case .idle, .suspended: state = .woken(reason)
        }
        lock.unlock()
        switch previous {
        case .suspended(let continuation): continuation.resume()
        case .idle: parker?.unpark()
        case .woken: break
        }
    }

    /// Whether the next wait ends at once.
    var isAwake: Bool {
        lock.withLock { if case .woken = state { true } else { false } }
    }

    /// Suspends the calling task until ``wake(_:)``.
    nonisolated(nonsending)
        func suspend() async -> Wake
    {
        await withTaskCancellationHandler {
            await Continuation<Void>.suspend { continuation in
                if !self.arm(continuation) { continuation.resume() }
            }
        } onCancel: {
            wake(.cancelled)
        }
        return take()
    }

    /// Suspends the calling task until ``wake(_:)``, even when the task is cancelled.
    nonisolated(nonsending)
        func suspendUncancelled() async -> Wake
    {
        await Continuation<Void>.suspend { continuation in
            if !self.arm(continuation) { continuation.resume() }
        }
        return take()
    }

    /// Blocks the calling thread until ``wake(_:)`` or `deadline`.
    func block(until deadline: Instant?) -> Wake {
        while true {
            lock.lock()
            if case .woken(let reason) = state {
                state = .idle
                lock.unlock()
                return reason
            }
            lock.unlock()
            guard let parker, parker.park(until: deadline) else {
                wake(.timedOut)
                return take()
            }
        }
    }

    private func arm(_ continuation: Continuation<Void>) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        if case .woken = state { return false }
        if isExpired {
            state = .woken(.timedOut)
            return false
        }
        state = .suspended(continuation)
        return true
    }

    private func take() -> Wake {
        lock.lock()
        defer { lock.unlock() }
        guard case .woken(let reason) = state else { return .signalled }
        state = .idle
        return reason
    }
}
