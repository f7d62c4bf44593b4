import Synchronization

extension Connection: Flushable, PipeDriver {
    // MARK: From any thread

    func outboundReady() {
        _ = thread.schedule(self)
    }

    func inboundDrained() {
        hasDrained.store(true, ordering: .releasing)
        _ = thread.schedule(self)
    }

    func subscriptionsChanged() {
        _ = thread.schedule(self)
    }

    func closeAfterFlush() {
        _ = thread.post { self.close(until: self.thread.now().advanced(by: .seconds(30))) }
    }

    func abort(_ why: AbortReason) {
        _ = thread.post { self.finish(.refused(why.rawValue)) }
    }

    func now() -> Instant { thread.now() }

    func writeNow(_ vectors: UnsafeBufferPointer<IOVector>) -> Int {
        thread.poller.sendNow(handle, vectors)
    }

    // MARK: On the I/O thread

    /// Writes whatever there is to write, unless a write is under way already.
    func flush() {
        if hasDrained.exchange(false, ordering: .acquiring) {
            resumeReading()
            if isHeld { enter() }
        }
        guard !isSending, writeFailure == nil, let entry else { return }
        switch phase {
        case .connecting, .lingering, .retiring, .ended: return
        case .handshake, .refusing, .open, .draining: break
        }
        guard let side = host.sendSide, let pipe = peer?.outbound, isPiping else {
            return sendControl(entry)
        }
        takeSubscriptions()
        if !output.isEmpty {
            side.claim(pipe)
            if pipe.flight.isEmpty { return sendControl(entry) }
        }
        restLimit = nil
        switch side.nextStep(pipe, now: thread.now()) {
        case .write: sendFlight(pipe, entry)
        case .rest(let end): rest(until: end)
        case .stop: if phase == .draining { shutDown() }
        }
    }

    /// Looks whether the sender has kept writing, unless it is at it: this thread would have to
    /// wait for the lock, and the sender to wake it. Measured, a stream of 64 B messages over TCP
    /// has half the context switches so.
    func endRest() {
        let now = thread.now()
        let limit = restLimit ?? now.advanced(by: Rest.longestDelay)
        if now < limit, !isSending, host.sendSide?.isBusy == true {
            restLimit = limit
            return rest(until: min(limit, now.advanced(by: Rest.delay)))
        }
        flush()
    }

    /// Leaves the writing to the sender for a moment.
    private func rest(until end: Instant) {
        if let restTimer { thread.cancelTimer(restTimer) }
        restTimer = thread.armTimer(at: end, self, tag: Self.restTag)
    }

    /// Whether the peer's queues have been opened to it.
    var isPiping: Bool { phase == .open || phase == .draining }

    private func sendControl(_ entry: EntryID) {
        takeSubscriptions()
        guard let vector = output.next() else {
            if phase == .draining || phase == .refusing { shutDown() }
            return
        }
        isSending = true
        withUnsafePointer(to: vector) {
            thread.poller.send(entry, UnsafeBufferPointer(start: $0, count: 1))
        }
    }

    private func sendFlight(_ pipe: OutboundPipe, _ entry: EntryID) {
        isSending = true
        withUnsafeTemporaryAllocation(of: IOVector.self, capacity: maximumSendVectors) { vectors in
            var pieces = vectors[..<pipe.flight.fill(vectors)]
            if let limit = thread.poller.wholeSendLimit {
                wholeSend = IOVector.cut(&pieces, to: limit)
            }
            thread.poller.send(entry, UnsafeBufferPointer(rebasing: pieces))
        }
    }

    /// Of a send that fails or is given up nobody knows how much the peer got, where the system
    /// takes it as a whole: it is gone. To send it again could mean to send it twice.
    func countWholeSend() {
        guard wholeSend > 0, let pipe = peer?.outbound else { return }
        pipe.flight.advance(wholeSend)
        wholeSend = 0
    }

    /// Puts changes of our subscriptions into words for this peer.
    private func takeSubscriptions() {
        guard isPiping, output.isEmpty, let feed = peer?.feed else { return }
        for change in host.takeSubscriptionChanges(feed) {
            var bytes: [UInt8] = []
            change.topic.withUnsafeBytes {
                session.encodeSubscription($0, subscribe: change.isWanted, into: &bytes)
            }
            output.append(bytes)
        }
    }

    func sent(_ count: Int) {
        isSending = false
        wholeSend = 0
        if output.isWriting {
            output.advance(count)
        } else if let pipe = peer?.outbound {
            pipe.flight.advance(count)
        }
        flush()
    }

    /// A write failed. What the peer sent before it went is still worth reading.
    func sendFailed(_ error: IOError) {
        isSending = false
        countWholeSend()
        guard phase == .open else { return finish(.lost(error)) }
        writeFailure = error
        losePeer()
        if !isReadingPaused { limitLastReads() }
        updateTimer()
    }

    /// What the peer sent before it went lies in the kernel: a second is plenty.
    func limitLastReads() {
        closeDeadline = thread.now().advanced(by: .seconds(1))
    }

    // MARK: Closing

    /// Writes what is queued, at most until `deadline`, and closes. On the I/O thread.
    func close(until deadline: Instant) {
        switch phase {
        case .open where deadline > thread.now():
            if let peer { host.withdraw(peer) }
            guard writeFailure == nil else { return readLast(until: deadline) }
            phase = .draining
            closeDeadline = deadline
            resumeReading()
            updateTimer()
            flush()
        case .draining, .lingering:
            lingerDeadline = min(lingerDeadline, deadline)
            closeDeadline = min(closeDeadline ?? deadline, deadline)
            updateTimer()
        case .ended, .retiring:
            break
        default:
            finish(.closedByUs)
        }
    }

    /// Nothing can be written any more, so the end is near.
    private func readLast(until deadline: Instant) {
        isPeerLost = true
        resumeReading()
        closeDeadline = min(closeDeadline ?? deadline, deadline)
        updateTimer()
    }

    /// Everything is written: shuts our side and waits for the peer's, because closing with unread
    /// input makes the kernel reset the stream, which destroys what is under way to the peer.
    private func shutDown() {
        guard let entry else { return }
        phase = .lingering
        lingerDeadline = closeDeadline ?? .distantFuture
        thread.poller.shutdownSend(entry)
        waitForPeer()
        // What comes now is thrown away, so there is room for it.
        isReadingPaused = false
        receive()
        updateTimer()
    }

    private func waitForPeer() {
        closeDeadline = min(lingerDeadline, thread.now().advanced(by: .seconds(2)))
    }

    /// Waits on, as long as linger allows, while bytes are under way that the peer's system has not
    /// got: a slow reader's window is shut. Once it has them all no reset takes them away, and a
    /// peer that never closes its side shall not hold us up for all of a long linger.
    func waitsForAcknowledgement() -> Bool {
        guard lingerDeadline > thread.now(), thread.poller.unacknowledgedBytes(of: handle) > 0
        else { return false }
        waitForPeer()
        return true
    }
}
