/// Leases are for strategies that show messages as they are, all of them or those that are wanted.
extension ReceiveSide {
    /// Leases what follows in `pipe` to this thread, where it is the only one who receives, from
    /// the only peer: several peers are heard in turn, one message each. Lock held.
    @inline(__always)
    func beginLease(of pipe: InboundPipe) {
        if pipes.count == 1, waiters.isEmpty { lease.begin(with: pipe) }
    }

    /// Nobody takes messages without the lock from here on. Lock held.
    @inline(__always)
    func endLease(isContended: Bool = false) {
        lease.end(isContended: isContended, &counters)
    }

    /// What has been received and lost until now.
    var countersNow: ReceiveCounters {
        lock.withLock {
            endLease()
            return counters
        }
    }
}
