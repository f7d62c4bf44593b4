/// Messages arrive from the I/O threads and from inproc peers.
extension ReceiveSide {
    /// Hands over whole messages; returns whether reading from this peer is to pause.
    func deliver(
        _ segments: inout SegmentQueue, messages: Int, bytes: Int, to pipe: InboundPipe
    ) -> Bool {
        lock.lock()
        if refusal != nil || pipes.unmanaged(at: pipe.slot) == nil {
            counters.drop(messages, .socketClosed)
            lock.unlock()
            segments.removeAll()
            return false
        }
        pipe.append(&segments, messages: messages)
        if conflates {
            counters.drop(pipe.keepNewest(), .conflated)
        }
        counters.bytes &+= UInt64(truncatingIfNeeded: bytes)
        ready.activate(pipe.slot)
        let woken = waiters.isEmpty ? [] : waiters.take(messages)
        let isPaused = pipe.isPaused
        lock.unlock()
        woken.wake()
        return isPaused
    }

    /// An inproc peer has something to fetch.
    func announce(_ pipe: InboundPipe) {
        lock.lock()
        ready.activate(pipe.slot)
        let woken = waiters.takeAll()
        lock.unlock()
        woken.wake()
    }

    /// Takes what an inproc peer had still queued when its link ended.
    func fetchLast(_ pipe: InboundPipe, _ fetch: () -> FetchOutcome) {
        lockQueues()
        let outcome = fetch()
        pipe.source = nil
        counters.bytes &+= UInt64(truncatingIfNeeded: outcome.bytes)
        if refusal != nil { counters.drop(pipe.discardAll(), .socketClosed) }
        if pipe.hasMessage { ready.activate(pipe.slot) }
        let woken = waiters.takeAll()
        lock.unlock()
        outcome.woken.wake()
        woken.wake()
    }

    /// The high-water mark of an inproc sender has changed, and with it how often it wants to hear.
    func sourceMarkChanged(_ pipe: InboundPipe) {
        lockQueues()
        if let source = pipe.source {
            pipe.creditThreshold = source.creditThreshold
            settleFlow(pipe)
        }
        unlockAndSettle()
    }

    /// Applies a new high-water mark to all pipes (`ZMQ_RCVHWM`).
    func setHighWaterMark(_ mark: Int) {
        lockQueues()
        pipes.forEach { pipe in
            if let source = pipe.source {
                let woken = source.setReceiverMark(mark)
                if !woken.isEmpty { owe(.wake(woken)) }
                pipe.creditThreshold = source.creditThreshold
                settleFlow(pipe)
            } else {
                pipe.highWaterMark = mark
                if pipe.isPaused { settleFlow(pipe) }
            }
        }
        unlockAndSettle()
    }
}
