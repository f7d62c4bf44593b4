/// Whoever carries a pipe's bytes away: a connection, or the other end of an inproc link.
protocol PipeDriver: AnyObject, Sendable {
    /// The time on the clock of the connection's I/O thread. Any thread.
    func now() -> Instant

    /// The outbound queue has something to take. Called from any thread, without locks held.
    func outboundReady()

    /// The inbound queue has room again after ``InboundPipe/isPaused``. Any thread, no locks held.
    func inboundDrained()

    /// One attempt to write at once on the caller's thread, under the send lock; returns the bytes
    /// written, 0 where that is not possible.
    func writeNow(_ vectors: UnsafeBufferPointer<IOVector>) -> Int

    /// The subscriptions to announce to this peer have changed. Any thread, no locks held.
    func subscriptionsChanged()

    /// The high-water mark of the outbound queue has changed. Any thread, no locks held.
    func sendMarkChanged()

    /// Closes the connection once everything queued has been written. Any thread.
    func closeAfterFlush()

    /// Ends the connection at once. Any thread, no locks held.
    func abort(_ why: AbortReason)
}

/// Why a socket ends a connection that works.
enum AbortReason: String, Sendable {
    case handedOver = "another connection has taken over the routing id"
    case requestGivenUp = "a request was given up, and a late reply must not be taken for another"
}

extension PipeDriver {
    func now() -> Instant { Instant.now() }
    func sendMarkChanged() {}
}
