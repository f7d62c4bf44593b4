/// Room is made by the I/O thread that writes, and taken by high-water marks.
extension SendSide {
    /// Makes the calling I/O thread the only one that writes to the peer, until its queue runs
    /// empty.
    func claim(_ pipe: OutboundPipe) {
        lock.withLock { pipe.writer = .writing }
    }

    /// Whether somebody has the lock right now, most likely a sender. A hint: it may be over.
    var isBusy: Bool { lock.isHeld }

    /// Accounts for what was written and says what the I/O thread does next.
    func nextStep(_ pipe: OutboundPipe, now: Instant) -> WriterStep {
        lock.lock()
        let credit = pipe.flight.takeCredit()
        pipe.credit(messages: credit.messages, bytes: credit.bytes)
        let woken = pipe.isParked ? unpark(pipe) : []
        let caughtUp = followers.isEmpty ? [] : takeFollowers(of: pipe)
        let step = pipe.isSevered ? .stop : chooseStep(pipe, now)
        lock.unlock()
        woken.wake()
        caughtUp.wake()
        return step
    }

    private func chooseStep(_ pipe: OutboundPipe, _ now: Instant) -> WriterStep {
        if !pipe.flight.isEmpty {
            pipe.writer = .writing
            return .write
        }
        pipe.pace.end(now: now)
        if let end = endOfRest(pipe, now) {
            pipe.writer = .resting
            return .rest(until: end)
        }
        if pipe.takeAll() {
            pipe.pace.begin(pipe.queuedBytes, now: now)
            pipe.rest.noteBatch()
            pipe.writer = .writing
            return .write
        }
        pipe.writer = .nobody
        pipe.idleSince = now
        pipe.releaseIdleMemory()
        return .stop
    }

    /// Until when the sender is left to write by itself; nil if the I/O thread is to write.
    private func endOfRest(_ pipe: OutboundPipe, _ now: Instant) -> Instant? {
        guard pipe.allowsHelp, !pipe.isParked, !pipe.isWithdrawn else { return nil }
        let elapsed = pipe.rest.look(now: now)
        switch pipe.writer {
        case .resting:
            return pipe.rest.renew(after: elapsed, now: now)
        case .told where pipe.isIdle, .writing:
            guard pipe.rest.ownWrites > 0 || isQuickSender(pipe, elapsed) else { return nil }
            return pipe.rest.begin(now: now)
        case .told, .nobody:
            return nil
        }
    }

    private func isQuickSender(_ pipe: OutboundPipe, _ elapsed: Int64) -> Bool {
        guard pipe.queuedMessages > 0, pipe.holdsSmallMessages else { return false }
        let average = pipe.queuedBytes / pipe.queuedMessages
        let (mark, isEndless) = average.multipliedReportingOverflow(by: pipe.highWaterMark)
        let goal = isEndless ? Rest.fill : min(Rest.fill, mark)
        return pipe.queuedBytes < goal && Rest.isQuick(pipe.queuedBytes, in: elapsed, goal: goal)
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
            // Still in the queue: nobody caught up.
            if followers.remove(waiter) { pipes.forEach { $0.pace.noteWaitInVain() } }
        }
    }

    /// Those who waited for the writer, once it has caught up half the way. Who is still too far
    /// ahead goes on too: one more message for each write lets the distance shrink.
    func takeFollowers(of pipe: OutboundPipe) -> [Waiter] {
        pipe.isStillAhead ? [] : followers.takeAll()
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
