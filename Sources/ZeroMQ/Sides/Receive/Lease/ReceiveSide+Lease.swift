/// Leases are for strategies that show messages as they are, all of them or those that are wanted.
extension ReceiveSide {
    /// Leases what follows in `pipe` to this thread, where it is the only one who receives, from
    /// the only peer: several peers are heard in turn, one message each. Lock held.
    @inline(__always)
    func beginLease(of pipe: InboundPipe) {
        if pipes.count == 1, waiters.isEmpty { lease.begin(with: pipe) }
    }

    /// Takes the lock for whoever takes, drops or counts messages: nobody takes any without it from
    /// here on.
    ///
    /// - Parameter isContended: whether a receiver asks, and not somebody who only looks.
    @inline(__always)
    func lockQueues(isContended: Bool = false) {
        lock.lock()
        endLease(isContended: isContended)
    }

    /// Runs `body` with the queues locked.
    @inline(__always)
    func withQueues<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        lockQueues()
        defer { lock.unlock() }
        return try body()
    }

    /// Nobody takes messages without the lock from here on. Lock held.
    @inline(__always)
    func endLease(isContended: Bool = false) {
        lease.end(isContended: isContended, &counters)
    }

    /// What has been received and lost until now.
    var countersNow: ReceiveCounters {
        withQueues { counters }
    }
}
