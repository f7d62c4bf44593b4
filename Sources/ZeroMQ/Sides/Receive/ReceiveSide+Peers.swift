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
        if pipe.hasMessage, isCrowded, !holdsCrowds {
            counters.drop(pipe.discardAll(), .highWaterMark)
        }
        if pipe.hasMessage { keepOrphan(pipe) } else { drop(pipe) }
        leaveCrowd(pipe)
        let woken = strategy.wakesOnDetach ? waiters.takeAll() : []
        unlockAndSettle()
        woken.wake()
    }

    /// The connection is lost; whole messages stay, an unfinished one goes.
    func interrupt(_ pipe: InboundPipe) {
        lock.lock()
        pipe.driver = nil
        _ = pipe.discardPartial()
        leaveCrowd(pipe)
        unlockAndSettle()
    }

    /// Puts a message of one frame that no peer sent into the queue of a pipe.
    func deliverNotice(_ bytes: [UInt8], to pipe: InboundPipe) {
        let isDropped = lock.withLock {
            let isDropped = isCrowded && !holdsCrowds
            if isDropped { counters.drop(1, .highWaterMark) }
            return isDropped
        }
        if isDropped { return }
        var segments = SegmentQueue()
        segments.append(bytes.withUnsafeBytes { Segment(messageOf: $0) })
        _ = deliver(&segments, messages: 1, bytes: bytes.count, to: pipe)
    }

    /// Whether so many messages of a peer wait, notices of its subscriptions among them, that its
    /// next frames are to wait, too: more than its topics could make in good faith.
    ///
    /// The mark of the socket is not for notices: a peer that subscribes to thousands of topics at
    /// once is not to wait for who looks at them.
    func pausesForNotices(_ pipe: InboundPipe) -> Bool {
        lock.withLock {
            guard pipe.queuedMessages >= mostNotices || pipe.queuedBytes >= pipe.byteLimit else {
                return false
            }
            pipe.isPaused = true
            return true
        }
    }

    /// Forgets a pipe. Lock held.
    func drop(_ pipe: InboundPipe) {
        ready.deactivate(pipe.slot)
        guard pipes.remove(at: pipe.slot) != nil else { return }
        slots.release(pipe.slot)
        if pipe.isOrphan { forgetOrphan(pipe) }
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
