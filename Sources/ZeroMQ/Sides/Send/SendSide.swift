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
    /// Those who have sent and let the writer catch up.
    @exclusivity(unchecked) var followers = WaitQueue()
    /// Keeps only the newest message of a queue (`ZMQ_CONFLATE`).
    let conflates: Bool
    /// Sees the first frame before each send, without the lock; true when that was all there was to
    /// do. REQ forgets stale replies here, XSUB takes its subscriptions out.
    @exclusivity(unchecked) var preflight:
        (@Sendable (UnsafeRawBufferPointer) throws(ZeroMQError) -> Bool)?
    let slots: SlotPool
    /// What every further send throws.
    @exclusivity(unchecked) var refusal: ZeroMQError?
    /// Messages that waited to leave when sends began to be refused, and how many of those were
    /// lost.
    private(set) var last = (queued: 0, lost: 0)
    // What is owed once the lock is released: drivers to signal, nearly always one, waiters to
    // wake, and connections to end.
    @exclusivity(unchecked) private var owesSignals = false
    @exclusivity(unchecked) private var owed: [Waiter] = []
    @exclusivity(unchecked) private var ready: (any PipeDriver)?
    @exclusivity(unchecked) private var moreReady: [any PipeDriver] = []
    @exclusivity(unchecked) private var ending: [any PipeDriver] = []

    init(strategy: any SendStrategy, conflates: Bool, slots: SlotPool) {
        self.strategy = strategy
        self.conflates = conflates
        self.slots = slots
    }

    // MARK: Sending

    /// Sends a message of one frame, unless it would have to wait.
    @inline(__always)
    func attempt(_ bytes: UnsafeRawBufferPointer) throws(ZeroMQError) -> SendOutcome {
        if bytes.count >= Self.copiedFirst, let copy = copyForReceiver(bytes) {
            return try attempt(copy)
        }
        if let preflight, try preflight(bytes) { return .sent }
        lock.lock()
        if refusal != nil { try fail(refusal ?? .closed) }
        let outcome: SendOutcome
        do {
            outcome = try strategy.send(bytes, through: self)
        } catch {
            try fail(error)
        }
        if outcome.isSent {
            counters.messages &+= 1
            counters.bytes &+= UInt64(truncatingIfNeeded: bytes.count)
        }
        unlockAndSignal()
        return outcome
    }

    /// Sends a message, unless it would have to wait. `whenSent` is called, lock held, before
    /// anybody else can send.
    @inline(__always)
    func attempt(
        _ message: Message, whenSent: () -> Void = {}
    ) throws(ZeroMQError) -> SendOutcome {
        if let preflight,
            try message.firstFrame.withUnsafeBytes({ (b) throws(ZeroMQError) in try preflight(b) })
        {
            return .sent
        }
        lock.lock()
        if refusal != nil { try fail(refusal ?? .closed) }
        let outcome: SendOutcome
        do {
            outcome = try strategy.send(message, through: self)
        } catch {
            try fail(error)
        }
        if outcome.isSent {
            counters.messages &+= 1
            counters.bytes &+= UInt64(truncatingIfNeeded: message.totalCount)
            whenSent()
        }
        unlockAndSignal()
        return outcome
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
        let ended = ending
        ready = nil
        moreReady.removeAll()
        owed.removeAll()
        if !ended.isEmpty { ending.removeAll() }
        owesSignals = false
        lock.unlock()
        driver?.outboundReady()
        for other in others { other.outboundReady() }
        for driver in ended { driver.abort(.requestGivenUp) }
        woken.wake()
    }

    /// Makes sure that what was appended to `pipe` leaves. Lock held.
    @inline(__always)
    func signal(_ pipe: OutboundPipe) {
        switch pipe.writer {
        case .writing: break
        case .nobody: findWriter(pipe)
        case .told, .resting: if pipe.isWorthHelp { help(pipe) }
        }
    }

    /// A message that goes to more peers than this is left to the I/O thread: in a stream of them
    /// each queue may well have been idle for a while, and one call of the system for each peer and
    /// message would be all there is time for.
    private static var mostOwnWrites: Int { 2 }

    private func findWriter(_ pipe: OutboundPipe) {
        guard let driver = pipe.driver else { return }
        if pipe.allowsOwnWrites, strategy.sendsToOne || pipes.count <= Self.mostOwnWrites,
            OwnWrite.attempt(pipe, driver)
        {
            if pipe.isParked { owe(unpark(pipe)) }
            return
        }
        pipe.writer = pipe.flight.isEmpty ? .told : .writing
        owe(signalTo: driver)
    }

    /// Writes for the I/O thread, which has not come yet or rests.
    private func help(_ pipe: OutboundPipe) {
        guard pipe.allowsHelp else { return }
        guard pipe.holdsSmallMessages else { return endRest(of: pipe) }
        guard let driver = pipe.driver else { return }
        OwnWrite.help(pipe, driver)
        if !pipe.flight.isEmpty {
            // The rest is the I/O thread's: it knows how to wait.
            if pipe.writer == .resting { owe(signalTo: driver) }
            pipe.writer = .writing
        }
        if pipe.isParked { owe(unpark(pipe)) }
    }

    /// There is much to write, and it is not for the sender.
    private func endRest(of pipe: OutboundPipe) {
        guard pipe.writer == .resting, let driver = pipe.driver else { return }
        pipe.writer = .told
        owe(signalTo: driver)
    }

    private func owe(signalTo driver: any PipeDriver) {
        owesSignals = true
        if ready == nil { ready = driver } else { moreReady.append(driver) }
    }

    /// Has waiters woken once the lock is released.
    func owe(_ waiters: [Waiter]) {
        if waiters.isEmpty { return }
        owed += waiters
        owesSignals = true
    }

    /// Has a connection ended once the lock is released.
    func owe(endOf driver: any PipeDriver) {
        ending.append(driver)
        owesSignals = true
    }

    func enqueue(_ waiter: Waiter) {
        lock.withLock { waiters.append(waiter) }
    }

    func leave(_ waiter: Waiter) {
        lock.withLock { _ = waiters.remove(waiter) }
    }

    /// From now on every send throws `error`; wakes all who wait.
    func refuse(with error: ZeroMQError) {
        lock.lock()
        if refusal == nil {
            refusal = error
            pipes.forEach { last.queued += $0.queuedMessages }
        }
        let woken = takeEverybody()
        lock.unlock()
        woken.wake()
    }

    /// Counts messages that were accepted and will not leave. Lock held.
    func lose(_ count: Int, _ reason: DropReason) {
        counters.drop(count, reason)
        if refusal != nil { last.lost += count }
    }

    /// Those who wait, for whatever: peers have changed. Lock held; to be woken after it.
    func takeEverybody() -> [Waiter] {
        followers.isEmpty ? waiters.takeAll() : waiters.takeAll() + followers.takeAll()
    }

    /// Has everybody who waits look again.
    func wakeAll() {
        lock.withLock { waiters.takeAll() }.wake()
    }
}
