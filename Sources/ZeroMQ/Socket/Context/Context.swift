/// The home of sockets: their I/O threads, their inproc names, and their common end.
///
/// A process usually has one. Sockets keep their context alive; ``shutdown(grace:)`` ends them all.
public final class Context: @unchecked Sendable {
    // Unchecked: mutable state is guarded by `lock`.

    /// The I/O threads. Each is a task executor and a serial executor: a service that runs its
    /// tasks there saves the hops between its threads and the I/O thread.
    ///
    /// ```swift
    /// Task(executorPreference: context.ioThreads[0]) { … }
    /// ```
    public let ioThreads: [IOThread]

    let chunks: ChunkPool
    private let trimmer: PoolTrimmer
    let inproc = InprocRegistry()
    let resolver: any NameResolver
    private let options: ContextOptions
    /// See ``ContextOptions/busyWait``.
    var busyWait: Duration { options.busyWait }
    private let process = System.processID
    private let forks = System.forks
    private let lock = Lock()
    private var sockets: [ObjectIdentifier: SocketCore] = [:]
    private var random: SplitMix64
    private var nextThread = 0
    /// The threads end with the last socket: nobody waits to stop them.
    private var endsWithSockets = false
    /// Why no socket can be used any more.
    private var ending: ZeroMQError?

    /// Makes a context and starts its I/O threads.
    ///
    /// - Throws: `invalidOption`; `limitReached` when the system has no thread left, or fewer
    ///   descriptors than ``ContextOptions/descriptorReserve`` and two for each I/O thread;
    ///   `unsupported` or `permissionDenied` when it refuses the poller that was asked for.
    public convenience init(_ options: ContextOptions = ContextOptions()) throws(ZeroMQError) {
        try options.validate()
        try options.checkDescriptors()
        var threads: [IOThread] = []
        do throws(IOError) {
            for index in 0..<options.ioThreads {
                let poller = try System.makePoller(options.poller)
                poller.descriptorReserve = options.descriptorReserve
                let thread = IOThread(
                    name: "zmq-io-\(index)", poller: poller, busyWait: options.busyWait)
                threads.append(thread)
                try thread.start()
            }
            self.init(options, threads: threads, resolver: ThreadedResolver())
        } catch {
            for thread in threads { thread.stop() }
            guard error.operation == .openPoller, options.poller != .automatic else {
                throw ZeroMQError(error, endpoint: nil)
            }
            throw ZeroMQError(error, refusing: options.poller)
        }
    }

    /// What the I/O threads wait with: "epoll", "io_uring", or "system" where there is no choice.
    public var pollerName: String { ioThreads[0].poller.name.description }

    /// Makes a context over given threads; the simulator drives its own.
    init(_ options: ContextOptions, threads: [IOThread], resolver: any NameResolver) {
        self.options = options
        self.resolver = resolver
        ioThreads = threads
        chunks = ChunkPool()
        trimmer = PoolTrimmer(chunks, on: threads[0])
        chunks.watch { [weak trimmer] in trimmer?.begin() ?? false }
        random = SplitMix64(seed: (try? System.randomSeed()) ?? 0x9E37_79B9_7F4A_7C15)
        for thread in threads { thread.watchFailure { [weak self] in self?.fail($0) } }
    }

    deinit {
        if wasLostByFork { return leaveBehind() }
        resolver.stop()
        for thread in ioThreads { thread.stop() }
        chunks.watch(nil)
    }

    // MARK: Sockets

    /// What calls throw since the context has ended; nil before.
    var endError: ZeroMQError? { lock.withLock { ending } }

    /// Throws in a process that was forked off: threads and descriptors are not its own.
    func checkProcess() throws(ZeroMQError) {
        if wasLostByFork || System.processID != process { throw .lostByFork }
    }

    /// Whether this process was forked off from the one that made the context. Cheaper, and blind
    /// to forks that the system's own `fork` knows nothing of.
    var wasLostByFork: Bool { System.forks != forks }

    /// Whether the caller runs on one of the I/O threads, and would wait for itself.
    var isOnIOThread: Bool { ioThreads.contains { $0.isCurrent } }

    func register(_ socket: SocketCore) throws(ZeroMQError) {
        try checkProcess()
        try lock.withLock { () throws(ZeroMQError) in
            if let ending { throw ending }
            guard sockets.count < options.maxSockets else {
                throw ZeroMQError(
                    .limitReached, "the context has \(sockets.count) sockets already")
            }
            sockets[ObjectIdentifier(socket)] = socket
        }
        ForkWatch.shared.add(socket)
    }

    func unregister(_ socket: SocketCore) {
        ForkWatch.shared.remove(socket)
        let isEnd = lock.withLock {
            sockets.removeValue(forKey: ObjectIdentifier(socket))
            return endsWithSockets && sockets.isEmpty
        }
        if isEnd { stopThreads() }
    }

    // MARK: Ending

    /// Closes every socket and ends the I/O threads.
    ///
    /// What is queued may leave as each socket's linger allows, but no longer than `grace`, after
    /// which it is thrown away and counted; so this returns by its deadline whatever the peers do.
    /// Waiting calls on the sockets throw `terminated`. Cancelling the task cuts the grace short.
    /// In a forked child it returns at once, having done nothing.
    @discardableResult
    public func shutdown(grace: Duration = .seconds(30)) async -> ShutdownReport {
        if wasLostByFork { return ShutdownReport(sockets: 0) }
        let open = beginShutdown()
        var report = ShutdownReport(sockets: open.count)
        for socket in open { socket.beginClosing(grace: grace) }
        for socket in open {
            report.add(await socket.close(linger: nil, error: .terminated))
        }
        stopThreads()
        return report
    }

    /// Like ``shutdown(grace:)`` for threads that are not tasks.
    ///
    /// On one of the context's I/O threads it would wait for itself: there it begins the shutdown
    /// and returns at once. The report knows the sockets then, and the messages lost so far; the
    /// I/O threads end with the last socket.
    @discardableResult
    public func shutdownBlocking(grace: Duration = .seconds(30)) -> ShutdownReport {
        if wasLostByFork { return ShutdownReport(sockets: 0) }
        let open = beginShutdown()
        var report = ShutdownReport(sockets: open.count)
        for socket in open { socket.beginClosing(grace: grace) }
        if isOnIOThread {
            let isEnd = lock.withLock {
                endsWithSockets = true
                return sockets.isEmpty
            }
            for socket in open {
                report.add(socket.closeBlocking(linger: nil, error: .terminated))
            }
            if isEnd { stopThreads() }
            return report
        }
        for socket in open { report.add(socket.closeBlocking(linger: nil, error: .terminated)) }
        stopThreads()
        return report
    }

    private func beginShutdown(_ error: ZeroMQError = .terminated) -> [SocketCore] {
        lock.withLock {
            if ending == nil { ending = error }
            return Array(sockets.values)
        }
    }

    /// The poller of an I/O thread has broken: nothing can be kept going without it. Every call
    /// says so from here on, and what waits ends. On that thread.
    private func fail(_ error: IOError) {
        let error = ZeroMQError(
            .system, "an I/O thread has failed (\(error.operation.name): \(error.kind.text))",
            systemCode: error.code)
        let open = beginShutdown(error)
        // All of them first: none shall hear of a lost peer instead that was closed before it.
        for socket in open { socket.refuse(with: error) }
        for socket in open { socket.beginClosing(linger: .zero, error: error) }
    }

    /// Keeps for ever what in a forked child nobody can stop: threads that do not exist there.
    private func leaveBehind() {
        for thread in ioThreads { AbandonedObjects.keep(thread) }
        AbandonedObjects.keep(resolver)
    }

    private func stopThreads() {
        resolver.stop()
        for thread in ioThreads { thread.stop() }
        chunks.watch(nil)
    }
}

extension Context: TransportContext {
    func thread(for affinity: UInt64) -> IOThread {
        lock.lock()
        defer { lock.unlock() }
        for _ in 0..<ioThreads.count {
            let index = nextThread
            nextThread = (nextThread + 1) % ioThreads.count
            if affinity == 0 || affinity & (1 << UInt64(index)) != 0 { return ioThreads[index] }
        }
        return ioThreads[0]
    }

    func randomSeed() -> UInt64 {
        lock.withLock { random.next() }
    }
}

extension SocketCore {
    /// Closes with the socket's own linger, but no longer than `grace`.
    fileprivate func beginClosing(grace: Duration) {
        beginClosing(linger: min(options.linger ?? grace, grace), error: .terminated)
    }
}
