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
        let woken = strategy.wakesOnDetach ? waiters.takeAll() : []
        lock.unlock()
        woken.wake()
    }

    /// What an empty queue of a peer that has gone takes, rounded up.
    private static let orphanSize = 1024

    private func keepOrphan(_ pipe: InboundPipe) {
        pipe.isOrphan = true
        pipe.leftBehind = pipe.queuedBytes + Self.orphanSize
        leftBehind += pipe.leftBehind
    }

    /// Whether a connection that begins finds no room: its peer's queue is full, or peers that
    /// came, sent and went left so much behind that what it sends is to wait in the kernel.
    func beginsPaused(_ pipe: InboundPipe) -> Bool {
        lock.withLock {
            if leftBehind >= byteLimit { isCrowded = true }
            pipe.isPaused = isCrowded || pipe.isFull
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
        guard isCrowded, leftBehind < byteLimit - byteLimit / 8 else { return }
        isCrowded = false
        pipes.forEach { if $0.isPaused { settleFlow($0) } }
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
