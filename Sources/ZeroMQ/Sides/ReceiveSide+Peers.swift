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
        if pipe.hasMessage { keepOrphan(pipe) } else { drop(pipe) }
        if !held.isEmpty { admitNext() }
        let woken = strategy.wakesOnDetach ? waiters.takeAll() : []
        unlockAndSettle()
        woken.wake()
    }

    /// What an empty queue of a peer that has gone takes, rounded up.
    private static let orphanSize = 1024

    private func keepOrphan(_ pipe: InboundPipe) {
        pipe.isOrphan = true
        pipe.leftBehind = pipe.queuedBytes + Self.orphanSize
        leftBehind += pipe.leftBehind
    }

    /// Whether peers that came, sent and went have left as much behind as they may.
    var isCrowded: Bool { leftBehind >= byteLimit || !held.isEmpty }

    /// Whether a connection that begins finds no room: its peer's queue is full, or there is a
    /// crowd, and what it sends is to wait in the kernel.
    func beginsPaused(_ pipe: InboundPipe) -> Bool {
        lock.withLock {
            if isCrowded, holdsCrowds {
                pipe.isHeld = true
                held.append(pipe.slot)
            }
            pipe.isPaused = pipe.isHeld || pipe.isFull
            return pipe.isPaused
        }
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

    /// Forgets a pipe. Lock held.
    func drop(_ pipe: InboundPipe) {
        ready.deactivate(pipe.slot)
        guard pipes.remove(at: pipe.slot) != nil else { return }
        slots.release(pipe.slot)
        if pipe.isOrphan { forgetOrphan(pipe) }
    }

    private func forgetOrphan(_ pipe: InboundPipe) {
        leftBehind -= pipe.leftBehind
        if !held.isEmpty { admitNext() }
    }

    /// Lets the connection in that has been held the longest, unless there is a crowd still.
    ///
    /// One at a time, or all of them would make the next crowd: each, once it reads, asks for the
    /// next, and so does the application when it has emptied a queue. Lock held.
    func admitNext() {
        let most = byteLimit - byteLimit / 8
        while !held.isEmpty, leftBehind < most, leftBehind + newlyAdmittedBytes < most {
            guard let pipe = pipes[held.removeFirst()], pipe.isHeld else { continue }
            pipe.isHeld = false
            // Its connection may have ended meanwhile; the next one is held again, or not.
            if pipe.driver == nil { continue }
            pipe.isNewlyAdmitted = true
            return settleFlow(pipe)
        }
    }

    /// A connection that was held reads now.
    func hasBeenAdmitted() {
        lock.lock()
        admitNext()
        unlockAndSettle()
    }

    private var newlyAdmittedBytes: Int {
        var bytes = 0
        pipes.forEach { if $0.isNewlyAdmitted, !$0.isOrphan { bytes += $0.queuedBytes } }
        return bytes
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
