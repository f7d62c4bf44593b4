/// Room is made by the I/O thread that writes, and taken by high-water marks.
extension SendSide {
    /// Makes the calling I/O thread the only one that writes to the peer, until its queue runs
    /// empty.
    func claim(_ pipe: OutboundPipe) {
        lock.withLock { pipe.isScheduled = true }
    }

    /// Accounts for what was written and takes the next batch; false when the queue ran empty.
    func nextFlight(_ pipe: OutboundPipe, now: Instant) -> Bool {
        lock.lock()
        let credit = pipe.flight.takeCredit()
        pipe.credit(messages: credit.messages, bytes: credit.bytes)
        let woken = pipe.isParked ? unpark(pipe) : []
        let caughtUp = followers.isEmpty ? [] : takeFollowers(of: pipe)
        let hasFlight = !pipe.isSevered && (!pipe.flight.isEmpty || takeBatch(pipe, now))
        lock.unlock()
        woken.wake()
        caughtUp.wake()
        return hasFlight
    }

    private func takeBatch(_ pipe: OutboundPipe, _ now: Instant) -> Bool {
        pipe.pace.end(now: now)
        if pipe.takeAll() {
            pipe.pace.begin(pipe.queuedBytes, now: now)
            return true
        }
        pipe.isScheduled = false
        pipe.idleSince = now
        pipe.releaseIdleMemory()
        return false
    }

    // MARK: Pacing

    /// Adds a sender that is far ahead of the writer; false when it no longer is.
    func follow(_ waiter: Waiter) -> Bool {
        lock.withLock {
            var isAhead = false
            pipes.forEach { if $0.isFarAhead, !$0.isWithdrawn { isAhead = true } }
            // Nobody would end the wait.
            if refusal != nil { isAhead = false }
            if isAhead { followers.append(waiter) }
            return isAhead
        }
    }

    /// A sender has waited for as long as it should.
    func stopFollowing(_ waiter: Waiter) {
        lock.withLock {
            // Still in the queue: nobody caught up, and the next sender shall not wait for it.
            if followers.remove(waiter) { pipes.forEach { $0.pace.giveUp() } }
        }
    }

    /// Those who waited for the writer, once it has caught up half the way. Who is still too far
    /// ahead goes on too: one more message for each write lets the distance shrink.
    private func takeFollowers(of pipe: OutboundPipe) -> [Waiter] {
        let isHalfWay = (Pace.distance / 2...Pace.distance).contains(pipe.queuedBytes)
        return isHalfWay ? [] : followers.takeAll()
    }

    /// Puts a full pipe back into rotation once it has half drained. Lock held.
    func unpark(_ pipe: OutboundPipe) -> [Waiter] {
        guard pipe.hasHalfDrained, !pipe.isWithdrawn else { return [] }
        pipe.isParked = false
        strategy.hasRoom(pipe)
        return waiters.takeAll()
    }

    /// Applies a new high-water mark to all pipes (`ZMQ_SNDHWM`).
    func setHighWaterMark(_ mark: Int) {
        // A queue of the newest message only is never full.
        if conflates { return }
        lock.lock()
        var drivers: [any PipeDriver] = []
        pipes.forEach { pipe in
            pipe.setHighWaterMark(own: mark)
            markChanged(pipe)
            if let driver = pipe.driver { drivers.append(driver) }
        }
        let woken = waiters.takeAll()
        lock.unlock()
        woken.wake()
        for driver in drivers { driver.sendMarkChanged() }
    }

    /// Puts a pipe into or out of rotation, as its new mark says. Lock held.
    func markChanged(_ pipe: OutboundPipe) {
        if pipe.isWithdrawn || pipe.isParked != pipe.hasRoom { return }
        if pipe.isParked {
            pipe.isParked = false
            strategy.hasRoom(pipe)
        } else {
            strategy.isFull(pipe)
        }
    }
}
