/// The receiving half of a socket: the inbound pipes of all peers, one lock, those who wait for a
/// message, and the strategy that says what a message of this socket type looks like.
final class ReceiveSide: @unchecked Sendable {
    // Unchecked: everything but `lock`, `lease` and `strategy` is guarded by `lock`.
    // Exclusivity: the lock proves it; checking it at run time cost a tenth of the throughput.
    /// Who takes messages out, or has to know how many are there, has ``lockQueues(isContended:)``
    /// take it.
    let lock = Lock()
    /// What one thread takes without the lock.
    let lease: ReceiveLease
    let strategy: any ReceiveStrategy
    @exclusivity(unchecked) var pipes = PipeTable<InboundPipe>()
    @exclusivity(unchecked) var ready = FairQueue()
    @exclusivity(unchecked) var counters = ReceiveCounters()
    @exclusivity(unchecked) var waiters = WaitQueue()
    @exclusivity(unchecked) var notices: NoticeLog
    @exclusivity(unchecked) private var rhythm = Rhythm()
    /// Keeps only the newest message of a peer (`ZMQ_CONFLATE`).
    let conflates: Bool
    let slots: SlotPool
    /// Bytes of all that peers may leave behind when they go.
    let byteLimit: Int
    /// Whether connections wait in a crowd. Not with XPUB: subscriptions take effect whether or not
    /// anybody reads of them; there notices and what its peers leave behind are dropped.
    let holdsCrowds: Bool
    /// Messages of a peer that may wait before its subscriptions wait, too.
    let mostNotices: Int
    /// What peers that have gone left behind: their messages, and what keeping them takes.
    @exclusivity(unchecked) var leftBehind = 0
    /// The slots of connections that wait until less is left behind, the longest waiting first.
    @exclusivity(unchecked) var held = SlotRing()
    /// The slot of the one that was let in last, until it has shown what it brings.
    @exclusivity(unchecked) var entering: Int?
    /// Those who have, until the application has taken it.
    @exclusivity(unchecked) var entered: [Int] = []
    /// What every further receive throws.
    @exclusivity(unchecked) var refusal: ZeroMQError?
    // Whoever cuts a message holds no retain: a pipe that goes with its last message must outlive
    // that cut, so it stays here until the next one goes.
    @exclusivity(unchecked) private var lastOrphan: InboundPipe?
    // What the last cuts owe to the peers, settled once the lock is released: nearly always one.
    @exclusivity(unchecked) private var debt: Debt?
    @exclusivity(unchecked) private var moreDebts: [Debt] = []

    enum Debt {
        case resume(any PipeDriver)
        case credit(any InboundSource, Int)
        case wake([Waiter])
    }

    init(
        strategy: any ReceiveStrategy, conflates: Bool, slots: SlotPool, byteLimit: Int = .max,
        holdsCrowds: Bool = true, mostNotices: Int = .max, pool: ChunkPool = ChunkPool()
    ) {
        notices = NoticeLog(pool: pool)
        self.strategy = strategy
        lease = ReceiveLease(filter: strategy as? FilteredReceive)
        self.conflates = conflates
        self.slots = slots
        self.byteLimit = byteLimit
        self.holdsCrowds = holdsCrowds
        self.mostNotices = mostNotices
    }

    // MARK: Receiving

    /// Puts the next message into `message`; false when there is none.
    @inline(__always)
    func tryReceive(into message: inout Message) throws(ZeroMQError) -> Bool {
        if lease.take(into: &message) { return true }
        return try take { () throws(ZeroMQError) in
            try strategy.receive(into: &message, from: self)
        }
    }

    /// Takes a message with `step`, which is called with the lock held; false when it found none.
    @inline(__always)
    func take(_ step: () throws(ZeroMQError) -> Bool) throws(ZeroMQError) -> Bool {
        lockQueues(isContended: true)
        if refusal != nil { try refuse() }
        let found: Bool
        do {
            found = try step()
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
            // Others would be held up by the wait.
            if pipes.count == 1, pipe.stride.begin() { letBatchGather() }
            let outcome = source.fetch(into: pipe, taken: pipe.takeTaken())
            counters.bytes &+= UInt64(truncatingIfNeeded: outcome.bytes)
            pipe.stride.noteFetch(of: pipe.queuedMessages)
            if !outcome.woken.isEmpty { owe(.wake(outcome.woken)) }
            if conflates { counters.drop(pipe.keepNewest(), .conflated) }
        }
        if pipe.hasMessage { return true }
        pipe.releaseIdleMemory()
        return false
    }

    private func letBatchGather() {
        let end = Instant.now().advanced(by: Stride.moment)
        repeat { System.pause() } while Instant.now() < end && !lock.isWaitedFor
    }

    /// Looks after a pipe from which a message was cut. Lock held.
    @inline(__always)
    func settle(_ pipe: InboundPipe) {
        if !pipe.hasMessage, pipe.source == nil {
            ready.deactivate(pipe.slot)
            pipe.releaseIdleMemory()
            if held.count > 0 { admitNext() }
            if pipe.isOrphan {
                lastOrphan = pipe
                return drop(pipe)
            }
        }
        if pipe.isPaused || pipe.source != nil { settleFlow(pipe) }
    }

    func settleFlow(_ pipe: InboundPipe) {
        if let source = pipe.source {
            if pipe.taken >= pipe.creditThreshold { owe(.credit(source, pipe.takeTaken())) }
        } else if pipe.hasRoomAgain, !pipe.isHeld, let driver = pipe.driver {
            pipe.isPaused = false
            owe(.resume(driver))
            if held.count > 0 { admitNext() }
        }
    }

    func owe(_ what: Debt) {
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
        lock.withLock {
            rhythm.noteWait(after: counters.messages)
            waiters.append(waiter)
        }
    }

    /// Whether a single receiver waits here, once for each message.
    var isOneByOne: Bool { lock.withLock { rhythm.isOneByOne && waiters.count == 1 } }

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
        lockQueues()
        if refusal == nil { refusal = error }
        let woken = waiters.takeAll()
        lock.unlock()
        woken.wake()
    }

    /// Has everybody who waits look again.
    func wakeAll() {
        lock.withLock { waiters.takeAll() }.wake()
    }
}
