/// Peers come and go; what they had sent stays.
extension ReceiveSide {
    /// Adds a peer.
    func attach(_ pipe: InboundPipe) {
        lock.withLock { pipes.insert(pipe, at: pipe.slot) }
    }

    /// Removes a peer. Messages already received stay to be taken; the pipe goes with the last.
    func detach(_ pipe: InboundPipe) {
        lock.lock()
        pipe.driver = nil
        strategy.detached(pipe, from: self)
        pipe.source = nil
        if pipe.hasMessage { pipe.isOrphan = true } else { drop(pipe) }
        let woken = strategy.wakesOnDetach ? waiters.takeAll() : []
        lock.unlock()
        woken.wake()
    }

    /// Whether the queue of a peer has reached its high-water mark.
    func isFull(_ pipe: InboundPipe) -> Bool {
        lock.withLock { pipe.queuedMessages >= pipe.highWaterMark }
    }

    /// The connection is lost; whole messages stay, an unfinished one goes.
    func interrupt(_ pipe: InboundPipe) {
        lock.withLock {
            pipe.driver = nil
            _ = pipe.discardPartial()
        }
    }

    /// Puts a message of one frame that no peer sent into the queue of a pipe.
    func deliverNotice(_ bytes: [UInt8], to pipe: InboundPipe) {
        var segments = SegmentQueue()
        segments.append(bytes.withUnsafeBytes { Segment(messageOf: $0) })
        _ = deliver(&segments, messages: 1, bytes: bytes.count, to: pipe)
    }

    /// Forgets a pipe. Lock held.
    func drop(_ pipe: InboundPipe) {
        ready.deactivate(pipe.slot)
        if pipes.remove(at: pipe.slot) != nil { slots.release(pipe.slot) }
    }

    /// Throws away what is queued from everybody; returns how many messages were lost.
    func discardAll() -> Int {
        lock.lock()
        defer { lock.unlock() }
        var lost = 0
        pipes.forEach { lost += $0.discardAll() }
        counters.drop(lost, .socketClosed)
        return lost
    }
}
