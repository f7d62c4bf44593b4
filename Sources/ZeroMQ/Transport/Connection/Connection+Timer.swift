extension Connection {
    /// Arms the one timer of the connection for whatever comes first.
    func updateTimer() {
        guard phase != .retiring, phase != .ended else { return }
        var next = closeDeadline
        if phase == .handshake || phase == .open || phase == .draining, !isRaw,
            let deadline = session.deadline
        {
            next = next.map { min($0, deadline) } ?? deadline
        }
        // A timer that fires early looks again; moving it at every sign of life would cost more.
        if let timerDeadline, let next, timerDeadline <= next { return }
        cancelTimer()
        guard let next else { return }
        timer = thread.armTimer(at: next, self, tag: 0)
        timerDeadline = next
    }

    func cancelTimers() {
        cancelTimer()
        if let restTimer { thread.cancelTimer(restTimer) }
        restTimer = nil
        if let settleTimer { thread.cancelTimer(settleTimer) }
        settleTimer = nil
    }

    private func cancelTimer() {
        if let timer { thread.cancelTimer(timer) }
        timer = nil
        timerDeadline = nil
    }
}
