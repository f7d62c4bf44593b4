/// The sending half of a socket: the outbound pipes of all peers, one lock, those who wait for
/// room, and the strategy that decides which peer a message goes to.
final class SendSide: @unchecked Sendable {
    // Unchecked: everything but `lock` and `strategy` is guarded by `lock`.
    // Exclusivity: the lock proves it; checking it at run time cost a tenth of the throughput.
    let lock = Lock()
    let strategy: any SendStrategy
    @exclusivity(unchecked) var pipes = PipeTable<OutboundPipe>()
    @exclusivity(unchecked) var counters = SendCounters()
    @exclusivity(unchecked) var waiters = WaitQueue()
    /// Keeps only the newest message of a queue (`ZMQ_CONFLATE`).
    let conflates: Bool
    /// Sees the first frame before each send, without the lock; true when that was all there was to
    /// do. REQ forgets stale replies here, XSUB takes its subscriptions out.
    @exclusivity(unchecked) var preflight:
        (@Sendable (UnsafeRawBufferPointer) throws(ZeroMQError) -> Bool)?
    private let slots: SlotPool
    /// What every further send throws.
    @exclusivity(unchecked) private(set) var refusal: ZeroMQError?
    // What is owed once the lock is released: drivers to signal, nearly always one, and waiters to
    // wake.
    @exclusivity(unchecked) private var owesSignals = false
    @exclusivity(unchecked) private var owed: [Waiter] = []
    @exclusivity(unchecked) private var ready: (any PipeDriver)?
    @exclusivity(unchecked) private var moreReady: [any PipeDriver] = []

    init(strategy: any SendStrategy, conflates: Bool, slots: SlotPool) {
        self.strategy = strategy
        self.conflates = conflates
        self.slots = slots
    }

    // MARK: Sending

    /// Sends a message of one frame; false when it would have to wait.
    @inline(__always)
    func trySend(_ bytes: UnsafeRawBufferPointer) throws(ZeroMQError) -> Bool {
        if let preflight, try preflight(bytes) { return true }
        lock.lock()
        if refusal != nil { try fail(refusal ?? .closed) }
        let outcome: SendOutcome
        do {
            outcome = try strategy.send(bytes, through: self)
        } catch {
            try fail(error)
        }
        if outcome == .sent {
            counters.messages &+= 1
            counters.bytes &+= UInt64(truncatingIfNeeded: bytes.count)
        }
        unlockAndSignal()
        return outcome != .wouldBlock
    }

    /// Sends a message; false when it would have to wait.
    func trySend(_ message: Message) throws(ZeroMQError) -> Bool {
        if let preflight,
            try message.firstFrame.withUnsafeBytes({ (b) throws(ZeroMQError) in try preflight(b) })
        {
            return true
        }
        lock.lock()
        if refusal != nil { try fail(refusal ?? .closed) }
        let outcome: SendOutcome
        do {
            outcome = try strategy.send(message, through: self)
        } catch {
            try fail(error)
        }
        if outcome == .sent {
            counters.messages &+= 1
            counters.bytes &+= UInt64(truncatingIfNeeded: message.totalCount)
        }
        unlockAndSignal()
        return outcome != .wouldBlock
    }

    private func fail(_ error: ZeroMQError) throws(ZeroMQError) -> Never {
        lock.unlock()
        throw error
    }

    /// Releases the lock and tells the drivers of pipes that were idle.
    @inline(__always)
    func unlockAndSignal() {
        guard owesSignals else { return lock.unlock() }
        unlockAndPayDebts()
    }

    private func unlockAndPayDebts() {
        let driver = ready
        let others = moreReady
        let woken = owed
        ready = nil
        moreReady.removeAll()
        owed.removeAll()
        owesSignals = false
        lock.unlock()
        driver?.outboundReady()
        for other in others { other.outboundReady() }
        woken.wake()
    }

    /// Makes sure that what was appended to `pipe` leaves. Lock held.
    @inline(__always)
    func signal(_ pipe: OutboundPipe) {
        if !pipe.isScheduled { signalIdle(pipe) }
    }

    private func signalIdle(_ pipe: OutboundPipe) {
        guard let driver = pipe.driver else { return }
        if pipe.allowsOwnWrites, OwnWrite.attempt(pipe, driver) {
            if pipe.isParked { owe(unpark(pipe)) }
            return
        }
        pipe.isScheduled = true
        owesSignals = true
        if ready == nil { ready = driver } else { moreReady.append(driver) }
    }

    /// Has waiters woken once the lock is released.
    private func owe(_ waiters: [Waiter]) {
        if waiters.isEmpty { return }
        owed += waiters
        owesSignals = true
    }

    // MARK: Waiting

    func enqueue(_ waiter: Waiter) {
        lock.withLock { waiters.append(waiter) }
    }

    func leave(_ waiter: Waiter) {
        lock.withLock { _ = waiters.remove(waiter) }
    }

    /// From now on every send throws `error`; wakes all who wait.
    func refuse(with error: ZeroMQError) {
        lock.lock()
        if refusal == nil { refusal = error }
        let woken = waiters.takeAll()
        lock.unlock()
        woken.wake()
    }

    // MARK: Peers

    /// Adds a peer.
    func attach(_ pipe: OutboundPipe) {
        lock.lock()
        pipes.insert(pipe, at: pipe.slot)
        strategy.attached(pipe, to: self)
        let woken = waiters.takeAll()
        unlockAndSignal()
        woken.wake()
    }

    /// Removes a peer; what was queued for it is lost, counted under `reason`, and returned.
    @discardableResult
    func detach(_ pipe: OutboundPipe, reason: DropReason) -> Int {
        lock.lock()
        var lost = 0
        if pipes.remove(at: pipe.slot) != nil {
            strategy.detached(pipe, from: self)
            lost = pipe.discardAll()
            counters.drop(lost, reason)
            pipe.driver = nil
            pipe.allowsOwnWrites = false
            slots.release(pipe.slot)
        }
        let woken = waiters.takeAll()
        lock.unlock()
        woken.wake()
        return lost
    }

    /// Takes a peer that is being closed out of rotation; what is queued for it still leaves.
    func withdraw(_ pipe: OutboundPipe) {
        lock.lock()
        if !pipe.isWithdrawn, pipes.unmanaged(at: pipe.slot) != nil {
            pipe.isWithdrawn = true
            strategy.detached(pipe, from: self)
        }
        let woken = waiters.takeAll()
        lock.unlock()
        woken.wake()
    }

    /// Gives `pipe` a connection: what is queued leaves by it from now on.
    func begin(_ pipe: OutboundPipe, driver: any PipeDriver, allowsOwnWrites: Bool) {
        let isClosing = lock.withLock {
            pipe.driver = driver
            pipe.allowsOwnWrites = allowsOwnWrites
            // The new connection looks by itself before it rests.
            pipe.isScheduled = true
            return pipe.isClosing
        }
        if isClosing { driver.closeAfterFlush() }
    }

    /// Takes the connection away; what it had not written waits for the next one. `allSent` is
    /// called, with the lock held, when nothing is left to write.
    func interrupt(_ pipe: OutboundPipe, allSent: () -> Void) {
        lock.lock()
        pipe.driver = nil
        pipe.allowsOwnWrites = false
        pipe.rewind()
        if pipe.queuedMessages == 0 { allSent() }
        // What was written and not yet accounted for may have made room.
        let woken = pipe.isParked ? unpark(pipe) : []
        lock.unlock()
        woken.wake()
    }

    /// Queues what a socket says by itself on a new connection: a probe, a welcome.
    func appendGreeting(_ bytes: [UInt8], to pipe: OutboundPipe) {
        lock.lock()
        bytes.withUnsafeBytes { pipe.appendFrame($0, more: false) }
        pipe.endMessage()
        signal(pipe)
        unlockAndSignal()
    }

    /// Has everybody who waits look again.
    func wakeAll() {
        lock.withLock { waiters.takeAll() }.wake()
    }

    // MARK: The I/O thread's side

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
        var hasFlight = !pipe.flight.isEmpty
        if !hasFlight {
            hasFlight = pipe.takeAll()
            if !hasFlight {
                pipe.isScheduled = false
                pipe.idleSince = now
                pipe.releaseIdleMemory()
            }
        }
        lock.unlock()
        woken.wake()
        return hasFlight
    }

    /// Puts a full pipe back into rotation once it has half drained. Lock held.
    func unpark(_ pipe: OutboundPipe) -> [Waiter] {
        guard pipe.hasHalfDrained, !pipe.isWithdrawn else { return [] }
        pipe.isParked = false
        strategy.hasRoom(pipe)
        return waiters.takeAll()
    }

    // MARK: Inproc

    /// Moves everything queued to an inproc receiver, who has consumed `taken` messages meanwhile.
    func handOver(_ pipe: OutboundPipe, to inbound: InboundPipe, taken: Int) -> FetchOutcome {
        lock.lock()
        defer { lock.unlock() }
        pipe.credit(messages: taken, bytes: 0)
        let found = pipe.takeAll()
        if found {
            pipe.credit(messages: 0, bytes: pipe.flight.move(to: inbound))
        } else {
            pipe.isScheduled = false
            pipe.releaseIdleMemory()
        }
        // Behind the credit for the bytes: a pipe may be full by bytes alone.
        let woken = pipe.isParked ? unpark(pipe) : []
        return FetchOutcome(found: found, woken: woken)
    }

    /// An inproc receiver has consumed `messages`.
    func credit(_ pipe: OutboundPipe, messages: Int) {
        lock.lock()
        pipe.credit(messages: messages, bytes: 0)
        let woken = pipe.isParked ? unpark(pipe) : []
        lock.unlock()
        woken.wake()
    }

    /// Applies a new high-water mark to all pipes (`ZMQ_SNDHWM`).
    func setHighWaterMark(_ mark: Int) {
        lock.lock()
        pipes.forEach { pipe in
            pipe.setHighWaterMark(own: mark)
            markChanged(pipe)
        }
        let woken = waiters.takeAll()
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

    /// Puts a pipe into or out of rotation, as its new mark says. Lock held.
    private func markChanged(_ pipe: OutboundPipe) {
        if pipe.isWithdrawn || pipe.isParked != pipe.hasRoom { return }
        if pipe.isParked {
            pipe.isParked = false
            strategy.hasRoom(pipe)
        } else {
            strategy.isFull(pipe)
        }
    }
}
