/// The receiver of an inproc pipe fetches by itself.
extension SendSide {
    /// Moves everything queued to an inproc receiver, who has consumed `taken` messages meanwhile.
    func handOver(_ pipe: OutboundPipe, to inbound: InboundPipe, taken: Int) -> FetchOutcome {
        lock.lock()
        defer { lock.unlock() }
        pipe.credit(messages: taken, bytes: 0)
        measurePace(of: pipe)
        let found = pipe.takeAll()
        var bytes = 0
        if found {
            bytes = pipe.flight.move(to: inbound)
            pipe.credit(messages: 0, bytes: bytes)
        } else {
            pipe.writer = .nobody
            pipe.releaseIdleMemory()
        }
        // Behind the credit for the bytes: a pipe may be full by bytes alone.
        let woken = pipe.isParked ? unpark(pipe) : []
        if followers.isEmpty { return FetchOutcome(found: found, bytes: bytes, woken: woken) }
        return FetchOutcome(found: found, bytes: bytes, woken: woken + takeFollowers(of: pipe))
    }

    /// The receiver has used up what it fetched last, and fetches the next.
    private func measurePace(of pipe: OutboundPipe) {
        guard pipe.pace.isWorthClock(pipe.queuedBytes) else { return }
        let now = Instant.now()
        pipe.pace.end(now: now)
        if pipe.pace.isWorthClock(pipe.queuedBytes) { pipe.pace.begin(pipe.queuedBytes, now: now) }
    }

    /// After how many messages an inproc receiver reports: see ``InboundSource``.
    func creditThreshold(of pipe: OutboundPipe) -> Int {
        lock.withLock { max(1, pipe.highWaterMark / 4) }
    }

    /// An inproc receiver has consumed `messages`.
    func credit(_ pipe: OutboundPipe, messages: Int) {
        lock.lock()
        pipe.credit(messages: messages, bytes: 0)
        let woken = pipe.isParked ? unpark(pipe) : []
        lock.unlock()
        woken.wake()
    }

    /// Applies the mark of an inproc receiver; returns who is to be woken without locks held.
    func setPeerMark(_ mark: Int, of pipe: OutboundPipe) -> [Waiter] {
        lock.withLock {
            pipe.setHighWaterMark(peer: mark)
            markChanged(pipe)
            return waiters.takeAll()
        }
    }
}
