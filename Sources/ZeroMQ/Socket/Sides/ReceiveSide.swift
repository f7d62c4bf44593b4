/// The receiving half of a socket: the inbound pipes of all peers, one lock, those who wait for a
/// message, and the strategy that says what a message of this socket type looks like.
final class ReceiveSide: @unchecked Sendable {
    // Unchecked: everything but `lock` and `strategy` is guarded by `lock`.
    // Exclusivity: the lock proves it; checking it at run time cost a tenth of the throughput.
    let lock = Lock()
    let strategy: any ReceiveStrategy
    @exclusivity(unchecked) var pipes = PipeTable<InboundPipe>()
    @exclusivity(unchecked) var ready = FairQueue()
    @exclusivity(unchecked) var counters = ReceiveCounters()
    @exclusivity(unchecked) var waiters = WaitQueue()
    /// Keeps only the newest message of a peer (`ZMQ_CONFLATE`).
    let conflates: Bool
    private let slots: SlotPool
    /// What every further receive throws.
    @exclusivity(unchecked) private(set) var refusal: ZeroMQError?
    // Whoever cuts a message holds no retain: a pipe that goes with its last message must outlive
    // that cut, so it stays here until the next one goes.
    @exclusivity(unchecked) private var lastOrphan: InboundPipe?
    // What the last cuts owe to the peers, settled once the lock is released: nearly always one.
    @exclusivity(unchecked) private var debt: Debt?
    @exclusivity(unchecked) private var moreDebts: [Debt] = []

    private enum Debt {
        case resume(any PipeDriver)
        case credit(any InboundSource, Int)
        case wake([Waiter])
    }

    init(strategy: any ReceiveStrategy, conflates: Bool, slots: SlotPool) {
        self.strategy = strategy
        self.conflates = conflates
        self.slots = slots
    }

    // MARK: Receiving

    /// Puts the next message into `message`; false when there is none.
    @inline(__always)
    func tryReceive(into message: inout Message) throws(ZeroMQError) -> Bool {
        lock.lock()
        if refusal != nil { try refuse() }
        let found: Bool
        do {
            found = try strategy.receive(into: &message, from: self)
        } catch {
            unlockAndSettle()
            throw error
        }
        if found { counters.messages &+= 1 }
        unlockAndSettle()
        return found
    }

    private func refuse() throws(ZeroMQError) {
        let error = refusal ?? .closed
        lock.unlock()
        throw error
    }

    /// The next pipe with a message, in turn. Lock held.
    @inline(__always)
    func nextReadable() -> Unmanaged<InboundPipe>? {
        while let slot = ready.next() {
            guard let pipe = pipes.unmanaged(at: slot) else {
                ready.deactivate(slot)
                continue
            }
            if pipe._withUnsafeGuaranteedRef({ ($0.hasMessage && !conflates) || refill($0) }) {
                return pipe
            }
            ready.deactivate(slot)
        }
        return nil
    }

    private func refill(_ pipe: InboundPipe) -> Bool {
        if let source = pipe.source {
            let outcome = source.fetch(into: pipe, taken: pipe.takeTaken())
            if !outcome.woken.isEmpty { owe(.wake(outcome.woken)) }
            if conflates { counters.drop(pipe.keepNewest(), .conflated) }
        }
        if pipe.hasMessage { return true }
        pipe.releaseIdleMemory()
        return false
    }

    /// Looks after a pipe from which a message was cut. Lock held.
    @inline(__always)
    func settle(_ pipe: InboundPipe) {
        if !pipe.hasMessage, pipe.source == nil {
            ready.deactivate(pipe.slot)
            pipe.releaseIdleMemory()
            if pipe.isOrphan {
                lastOrphan = pipe
                return drop(pipe)
            }
        }
        if pipe.isPaused || pipe.source != nil { settleFlow(pipe) }
    }

    private func settleFlow(_ pipe: InboundPipe) {
        if let source = pipe.source {
            if pipe.taken >= pipe.creditThreshold { owe(.credit(source, pipe.takeTaken())) }
        } else if pipe.hasHalfDrained, let driver = pipe.driver {
            pipe.isPaused = false
            owe(.resume(driver))
        }
    }

    private func owe(_ what: Debt) {
        if debt == nil { debt = what } else { moreDebts.append(what) }
    }

    @inline(__always)
    func unlockAndSettle() {
        guard let owed = debt else { return lock.unlock() }
        // A filter may have passed over the messages of several peers.
        let others = moreDebts
        debt = nil
        if !others.isEmpty { moreDebts = [] }
        lock.unlock()
        pay(owed)
        for other in others { pay(other) }
    }

    private func pay(_ debt: Debt) {
        switch debt {
        case .resume(let driver): driver.inboundDrained()
        case .credit(let source, let taken): source.credit(taken: taken)
        case .wake(let waiters): waiters.wake()
        }
    }

    // MARK: Waiting

    func enqueue(_ waiter: Waiter) {
        lock.withLock { waiters.append(waiter) }
    }

    /// Ends a wait. A signal that was not needed after all is passed on to the next who waits.
    func leave(_ waiter: Waiter) {
        lock.lock()
        let wasSignalled = !waiters.remove(waiter)
        let next = wasSignalled && !ready.isEmpty ? waiters.take(1) : []
        lock.unlock()
        next.wake()
    }

    /// From now on every receive throws `error`; wakes all who wait.
    func refuse(with error: ZeroMQError) {
        lock.lock()
        if refusal == nil { refusal = error }
        let woken = waiters.takeAll()
        lock.unlock()
        woken.wake()
    }

    // MARK: Peers

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

    /// The connection is lost; whole messages stay, an unfinished one goes.
    func interrupt(_ pipe: InboundPipe) {
        lock.withLock {
            pipe.driver = nil
            _ = pipe.discardPartial()
        }
    }

    /// Has everybody who waits look again.
    func wakeAll() {
        lock.withLock { waiters.takeAll() }.wake()
    }

    /// Puts a message of one frame that no peer sent into the queue of a pipe.
    func deliverNotice(_ bytes: [UInt8], to pipe: InboundPipe) {
        let block = FrameStorage.make(count: bytes.count + FrameHeader.longSize)
        let size = FrameHeader.write(flags: [], length: bytes.count, to: block.base)
        bytes.withUnsafeBytes {
            if let source = $0.baseAddress {
                (block.base + size).copyMemory(from: source, byteCount: $0.count)
            }
        }
        var segments = SegmentQueue()
        segments.append(
            Segment(
                retaining: block, base: UnsafeRawPointer(block.base), count: size + bytes.count,
                messages: 1, endsMessage: true))
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

    // MARK: The I/O thread's side

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
        if conflates { counters.drop(pipe.discardAll(), .conflated) }
        pipe.append(&segments, messages: messages)
        if conflates {
            counters.drop(pipe.keepNewest(), .conflated)
            // What is kept must not keep out what is newer.
            pipe.isPaused = false
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
        lock.lock()
        let outcome = fetch()
        pipe.source = nil
        if refusal != nil { counters.drop(pipe.discardAll(), .socketClosed) }
        if pipe.hasMessage { ready.activate(pipe.slot) }
        let woken = waiters.takeAll()
        lock.unlock()
        outcome.woken.wake()
        woken.wake()
    }

    /// Applies a new high-water mark to all pipes (`ZMQ_RCVHWM`).
    func setHighWaterMark(_ mark: Int) {
        lock.lock()
        pipes.forEach { pipe in
            if let source = pipe.source {
                let woken = source.setReceiverMark(mark)
                if !woken.isEmpty { owe(.wake(woken)) }
            } else {
                pipe.highWaterMark = mark
                if pipe.isPaused { settleFlow(pipe) }
            }
        }
        unlockAndSettle()
    }
}
