/// Leases are for strategies that show every message as it is, one peer's at a time.
extension ReceiveSide {
    /// Puts a message into `message` that a lease has left over; false when there is none. Lock
    /// held.
    @inline(__always)
    func takeLeftOver(into message: inout Message) -> Bool {
        endLease(isContended: true)
        guard lease.queue.hasMessage else { return false }
        lease.queue.cut(into: &message)
        if !lease.queue.hasMessage { lease.queue.releaseIdleMemory() }
        return true
    }

    /// Leases the next messages of `pipe` to this thread and puts the first into `message`; false,
    /// and nothing has happened, where that is not worth it. Lock held.
    @inline(__always)
    func beginLease(of pipe: InboundPipe, _ message: inout Message) -> Bool {
        // Peers are heard in turn, one message each; and who waits wants his share.
        guard pipe.isBetweenSegments, pipes.count == 1, waiters.isEmpty else { return false }
        return lease.begin(with: pipe, &message)
    }

    /// Nobody takes messages without the lock from here on. Lock held.
    @inline(__always)
    func endLease(isContended: Bool = false) {
        counters.messages &+= UInt64(truncatingIfNeeded: lease.end(isContended: isContended))
    }

    /// What has been received and lost until now.
    var countersNow: ReceiveCounters {
        lock.withLock {
            endLease()
            return counters
        }
    }
}
