/// A resolver that asks the system, on threads of its own.
///
/// The system's lookup blocks for as long as the name servers take, and cannot be interrupted. So
/// up to four threads, started when they are needed and ended after ten idle seconds, wait in its
/// stead. Queries for the same host share one lookup, which matters when a server restarts and all
/// its clients come back at once.
final class ThreadedResolver: NameResolver {
    typealias Lookup = @Sendable (ResolveQuery) throws(LookupError) -> [SocketAddress]
    typealias Completion = @Sendable (ResolveResult) -> Void

    private let lookup: Lookup
    private let maxThreads: Int
    private let idleTime: Duration
    private let lock = Lock()
    // Guarded by the lock.
    nonisolated(unsafe) private var state = ResolverState()

    /// - Parameters:
    ///   - maxThreads: lookups that can be in progress at a time, 1 or more.
    ///   - idleTime: how long a thread without work is kept.
    ///   - lookup: the blocking call; the system's by default.
    init(
        maxThreads: Int = 4, idleTime: Duration = .seconds(10),
        lookup: @escaping Lookup = ThreadedResolver.systemLookup
    ) {
        self.maxThreads = max(1, maxThreads)
        self.idleTime = idleTime
        self.lookup = lookup
    }

    /// How many threads there are.
    var threadCount: Int { lock.withLock { state.threads } }

    func resolve(
        _ query: ResolveQuery, _ completion: @escaping Completion
    ) -> ResolveToken {
        let (token, step) = lock.withLock {
            state.enqueue(query, completion, maxThreads: maxThreads)
        }
        switch step {
        case .wake(let parker): parker.unpark()
        case .startThread: startThread()
        case .refuse: completion(.failure(LookupError(.stopped)))
        case .none: break
        }
        return token
    }

    @discardableResult
    func cancel(_ token: ResolveToken) -> Bool {
        lock.withLock { state.cancel(token) }
    }

    /// Ends all lookups with the error `.stopped`, and the threads as soon as each is idle.
    ///
    /// Does not wait for them: a lookup in progress cannot be interrupted.
    func stop() {
        let (waiters, parkers) = lock.withLock { state.stop() }
        for parker in parkers { parker.unpark() }
        for waiter in waiters { waiter(.failure(LookupError(.stopped))) }
    }

    private static let systemLookup: Lookup = { query throws(LookupError) in
        let addresses = try System.lookUp(query.host, ipv6: query.ipv6)
        return AddressOrder.interleave(addresses).map { $0.with(port: query.port) }
    }

    private func startThread() {
        if (try? OSThread(name: "zmq-resolver", { self.work() })) != nil { return }
        // With other threads alive the query only waits longer.
        let waiters = lock.withLock { state.threadFailedToStart() }
        for waiter in waiters { waiter(.failure(LookupError(.exhausted))) }
    }

    /// The life of a thread.
    private func work() {
        let parker = ThreadParker()
        while true {
            switch lock.withLock({ state.nextStep(for: parker) }) {
            case .run(let query):
                let result = Result { () throws(LookupError) in try lookup(query) }
                let waiters = lock.withLock { state.finish(query) }
                for waiter in waiters { waiter(result) }
            case .sleep:
                if parker.park(until: Instant.now().advanced(by: idleTime)) { continue }
                if lock.withLock({ state.retire(parker) }) { return }
            case .end:
                return
            }
        }
    }
}
