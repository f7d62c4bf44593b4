/// Wakes a waiting task when its time is over.
final class Timeout: IOHandler, @unchecked Sendable {
    // Unchecked: `timer` is touched on the I/O thread only; `waiter` is immutable.
    private let thread: IOThread
    private let waiter: Waiter
    private var timer: TimerID?
    private var isCancelled = false

    init(_ waiter: Waiter, at deadline: Instant, on thread: IOThread) {
        self.thread = thread
        self.waiter = waiter
        let isPosted = thread.post {
            if !self.isCancelled { self.timer = thread.armTimer(at: deadline, self, tag: 0) }
        }
        // An I/O thread that has ended keeps no time: the wait is over.
        if !isPosted { waiter.wake(.timedOut) }
    }

    func cancel() {
        thread.post {
            self.isCancelled = true
            if let timer = self.timer { self.thread.cancelTimer(timer) }
            self.timer = nil
        }
    }

    func completed(_ outcome: IOOutcome) {}

    func timerFired(_ tag: UInt8) {
        timer = nil
        waiter.wake(.timedOut)
    }
}

extension Context {
    /// Has `waiter` woken after `duration`; nil for no limit.
    func arm(_ waiter: Waiter, after duration: Duration?) -> Timeout? {
        guard let duration else { return nil }
        let thread = ioThreads[0]
        return Timeout(waiter, at: thread.now().advanced(by: duration), on: thread)
    }
}
