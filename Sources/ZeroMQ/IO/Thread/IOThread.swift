import Synchronization

/// A thread that moves bytes: one poller, its timers, and a mailbox for commands of other threads.
///
/// A connection lives on one I/O thread for life, so its state needs no lock. A context owns its
/// threads; they are public because each is also a `TaskExecutor` and a `SerialExecutor`: tasks
/// that run on it save both thread hops between the network and the program.
///
/// One turn of the loop: wait, deliver outcomes, fire timers, work the mailbox off. Nothing in it
/// calls back recursively, and no failure ends the process: a poller that breaks ends this thread,
/// and whoever watches is told why.
public final class IOThread: @unchecked Sendable {
    // The loop's own state is touched by the thread that runs it alone, the rest is atomic or
    // locked.

    /// The thread's name, as debuggers show it.
    public let name: String

    let poller: any Poller
    let mailbox = Mailbox()
    /// How long the thread looks for work again and again before it sleeps.
    let busyWait: Duration
    /// The number of the thread that runs the loop, or what came for it after its end; 0 while
    /// nobody does.
    let owner = Atomic<UInt>(0)
    let isStopping = Atomic<Bool>(false)
    /// See ``wasForked``.
    private let forks = System.forks
    /// The loop may be run by a thread that waits for it.
    let loan = LoopLoan()
    let tenancy = Tenancy()

    let orphans = OrphanedWork()

    // MARK: The loop's own

    /// The time at the start of this turn, for whoever needs no finer one.
    private(set) var turnTime: Instant
    private var timers = TimerQueue()
    private var completions: [Completion] = []
    private var work: [Mailbox.Item] = []
    /// The poller has broken.
    private var hasFailed = false
    /// Whether the loop is run by a guest.
    var isServing = false

    // MARK: Guarded by the lock

    private enum Phase { case idle, started, finished }
    private let lock = Lock()
    private var phase = Phase.idle
    private var thread: OSThread?
    private var onFailure: (@Sendable (IOError) -> Void)?
    /// Why the poller has broken.
    private var failure: IOError?

    /// Makes an I/O thread over a poller; it does nothing until `start()`, or until somebody drives
    /// it with `runTurn(wait:)`.
    init(name: String, poller: any Poller, busyWait: Duration = .zero) {
        self.name = name
        self.busyWait = busyWait
        self.poller = poller
        turnTime = poller.now()
    }

    /// Has `body` called when the poller breaks: on the I/O thread, which still does what `body`
    /// posts to it before it ends; at once if that has happened.
    func watchFailure(_ body: @escaping @Sendable (IOError) -> Void) {
        let failure = lock.withLock {
            onFailure = body
            return self.failure
        }
        if let failure { body(failure) }
    }

    // MARK: Life

    /// Starts the operating system's thread. Once; later calls do nothing.
    func start() throws(IOError) {
        lock.lock()
        defer { lock.unlock() }
        guard phase == .idle else { return }
        thread = try OSThread(name: name) { self.run() }
        phase = .started
    }

    /// Asks the thread to end: what was posted before is still run, entries left are retired.
    ///
    /// Any thread. Without a thread of its own the caller does the work here.
    func stop() {
        isStopping.store(true, ordering: .sequentiallyConsistent)
        let isDriven = lock.withLock { phase == .idle }
        if isDriven { finish() } else { wakeLoop() }
    }

    /// Waits until the thread has ended; returns at once on the thread itself.
    func join() {
        let thread = lock.withLock { self.thread }
        thread?.join()
    }

    private func run() {
        while !isStopping.load(ordering: .acquiring), runTurn(wait: true) {
            if loan.isAskedFor { lend() }
            if hasFailed { break }
        }
        finish()
    }

    /// Closes the mailbox, works it off, retires what is left and lets go of everything.
    private func finish() {
        let isFirst = lock.withLock {
            let isFirst = phase != .finished
            phase = .finished
            return isFirst
        }
        guard isFirst else { return }
        owner.store(System.currentThreadNumber, ordering: .relaxed)
        mailbox.close()
        while workMailbox() {}
        poller.close(into: &completions)
        deliver()
        // Handlers are let go outside the access to the queue: they may call back.
        var dropped = TimerQueue()
        swap(&dropped, &timers)
        owner.store(0, ordering: .relaxed)
        orphans.release(from: self)
    }

    // MARK: From any thread

    /// Whether the calling thread runs this loop.
    @inline(__always)
    var isCurrent: Bool { owner.load(ordering: .relaxed) == System.currentThreadNumber }

    /// The time on the poller's clock.
    func now() -> Instant { poller.now() }

    /// Has `command` run on the I/O thread.
    ///
    /// - Returns: false, and the command is not taken, once the thread ends.
    @discardableResult
    func post(_ command: @escaping @Sendable () -> Void) -> Bool { put(.command(command)) }

    /// Has `command` run on the I/O thread; once that has ended, on a spare one in its place;
    /// see ``OrphanedWork``.
    func postEvenLate(_ command: @escaping @Sendable () -> Void) {
        if !post(command) { orphans.add(.command(command), of: self) }
    }

    /// Has `flushable.flush()` run on the I/O thread, once for this call.
    ///
    /// Allocates nothing in steady state. Whoever schedules remembers that it did (the pipe has a
    /// flag for it, under its lock), so that one flush is scheduled at a time.
    ///
    /// - Returns: false once the thread ends.
    @discardableResult
    func schedule(_ flushable: any Flushable) -> Bool { put(.flush(flushable)) }

    @inline(__always)
    func put(_ item: consuming Mailbox.Item) -> Bool {
        switch mailbox.put(item) {
        case .accepted: return true
        case .acceptedWakeUp:
            wakeLoop()
            return true
        case .closed: return false
        }
    }

    /// Whether this process was forked off from the one whose thread this is.
    @inline(__always)
    var wasForked: Bool { System.forks != forks }

    /// A task on this thread has forked, and this is the child: what the loop did from here on it
    /// would do to the connections of the parent. So it does nothing more.
    func rest() -> Never {
        let parker = ThreadParker()
        while true { _ = parker.park() }
    }

    /// Has whoever runs the loop look for work.
    private func wakeLoop() {
        // The poller is the parent's as well, and would wake its thread.
        if wasForked { return }
        if !loan.callHome() { poller.wake() }
    }

    // MARK: On the I/O thread

    /// Arms a timer: `handler.timerFired(tag)` at `deadline` or soon after.
    func armTimer(at deadline: Instant, _ handler: any IOHandler, tag: UInt8) -> TimerID {
        timers.arm(at: deadline, handler, tag: tag)
    }

    /// Disarms a timer; one that has fired is left alone.
    func cancelTimer(_ id: TimerID) {
        let dropped = timers.cancel(id)
        _ = dropped
    }

    /// The number of armed timers.
    var timerCount: Int { timers.count }

    /// Runs one turn of the loop.
    ///
    /// - Parameters:
    ///   - wait: whether to wait when there is nothing to do.
    ///   - limit: until when; nil for as long as it takes.
    /// - Returns: false if the poller has broken.
    @discardableResult
    func runTurn(wait: Bool, until limit: Instant? = nil) -> Bool {
        owner.store(System.currentThreadNumber, ordering: .relaxed)
        do {
            if wait, busyWait > .zero { try lookForWork() }
            if completions.isEmpty {
                // Whoever looked for work may have taken the wake-up of `stop()`.
                let mayWait =
                    wait && !isStopping.load(ordering: .acquiring) && mailbox.prepareToSleep()
                let deadline = mayWait ? earlier(timers.nextDeadline, limit) : .distantPast
                try poller.wait(until: deadline, into: &completions)
            }
        } catch {
            mailbox.awake()
            fail(error)
            return false
        }
        mailbox.awake()
        turnTime = poller.now()
        deliver()
        fireTimers()
        // What the work leads to is done in the same turn, but not for ever: the sockets wait.
        for _ in 0..<4 {
            if isServing, tenancy.hasJobs { break }
            if !workMailbox() { break }
        }
        return true
    }

    private func earlier(_ one: Instant?, _ other: Instant?) -> Instant? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    /// Returns when there is something to do, or it has looked for long enough.
    private func lookForWork() throws(IOError) {
        let limit = poller.now().advanced(by: busyWait)
        let end = min(limit, timers.nextDeadline ?? limit)
        while mailbox.isEmpty, !isStopping.load(ordering: .relaxed) {
            try poller.wait(until: .distantPast, into: &completions)
            if !completions.isEmpty || poller.now() >= end { return }
            System.pause()
        }
    }

    private func fail(_ error: IOError) {
        hasFailed = true
        let onFailure = lock.withLock {
            failure = error
            return self.onFailure
        }
        onFailure?(error)
    }

    private func deliver() {
        var batch: [Completion] = []
        swap(&batch, &completions)
        for completion in batch {
            let entry = completion.entry
            if !entry.isRetired {
                entry.handler.completed(completion.outcome)
                continue
            }
            switch completion.outcome {
            case .retired, .abandoned: entry.handler.completed(completion.outcome)
            case .accepted(let handle): poller.close(handle)
            default: break
            }
        }
        batch.removeAll(keepingCapacity: true)
        if completions.isEmpty { swap(&batch, &completions) }
    }

    private func fireTimers() {
        let mark = timers.mark
        while let due = timers.popDue(now: turnTime, before: mark) {
            due.handler.timerFired(due.tag)
        }
    }

    /// Works off what is in the mailbox now.
    ///
    /// - Returns: false if it was empty.
    private func workMailbox() -> Bool {
        guard mailbox.take(&work) else { return false }
        var batch: [Mailbox.Item] = []
        swap(&batch, &work)
        for item in batch {
            #if !hasFeature(Embedded)
                // Jobs are for the thread itself: it gets the loop back.
                if isServing, case .job = item {
                    _ = mailbox.put(item)
                    continue
                }
            #endif
            perform(item)
        }
        batch.removeAll(keepingCapacity: true)
        swap(&batch, &work)
        return true
    }

    @inline(__always)
    func perform(_ item: Mailbox.Item) {
        switch item {
        case .command(let command): command()
        case .flush(let flushable): flushable.flush()
        #if !hasFeature(Embedded)
            case .job(let job): run(job)
        #endif
        }
    }
}
