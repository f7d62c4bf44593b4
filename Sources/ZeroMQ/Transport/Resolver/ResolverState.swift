/// The queue and the threads of a `ThreadedResolver`; the resolver's lock guards it.
struct ResolverState {
    private(set) var threads = 0
    private var idle: [ThreadParker] = []
    private var lookups: [ResolveQuery: [Waiter]] = [:]
    private var owners: [ResolveToken: ResolveQuery] = [:]
    // Queries no thread has taken up, oldest first from `firstQueued`.
    private var queue: [ResolveQuery] = []
    private var firstQueued = 0
    private var lastToken: UInt64 = 0
    private var isStopped = false

    private struct Waiter {
        let token: ResolveToken
        let completion: ThreadedResolver.Completion
    }

    /// What the resolver does when it has let go of the lock.
    enum EnqueueStep {
        case none, startThread, refuse
        case wake(ThreadParker)
    }

    /// What a thread does next.
    enum WorkStep {
        case run(ResolveQuery)
        case sleep, end
    }

    mutating func enqueue(
        _ query: ResolveQuery, _ completion: @escaping ThreadedResolver.Completion, maxThreads: Int
    ) -> (ResolveToken, EnqueueStep) {
        lastToken &+= 1
        let token = ResolveToken(number: lastToken)
        if isStopped { return (token, .refuse) }
        owners[token] = query
        let isNew = lookups[query] == nil
        lookups[query, default: []].append(Waiter(token: token, completion: completion))
        guard isNew else { return (token, .none) }
        queue.append(query)
        if let parker = idle.popLast() { return (token, .wake(parker)) }
        guard threads < maxThreads else { return (token, .none) }
        threads += 1
        return (token, .startThread)
    }

    mutating func cancel(_ token: ResolveToken) -> Bool {
        guard let query = owners.removeValue(forKey: token) else { return false }
        // The lookup itself goes on, or is made, for nobody: that is rare and does no harm.
        lookups[query]?.removeAll { $0.token == token }
        return true
    }

    /// Takes the next query, or makes the thread an idle one.
    mutating func nextStep(for parker: ThreadParker) -> WorkStep {
        while firstQueued < queue.count {
            let query = queue[firstQueued]
            firstQueued += 1
            if firstQueued * 2 > queue.count {
                queue.removeFirst(firstQueued)
                firstQueued = 0
            }
            if lookups[query]?.isEmpty == false {
                // A thread that woke by itself is still in the list.
                idle.removeAll { $0 === parker }
                return .run(query)
            }
            // Everybody has given up.
            lookups[query] = nil
        }
        if isStopped {
            threads -= 1
            return .end
        }
        if !idle.contains(where: { $0 === parker }) { idle.append(parker) }
        return .sleep
    }

    /// Whether an idle thread whose time is up may end; not if it has just been given work.
    mutating func retire(_ parker: ThreadParker) -> Bool {
        guard let index = idle.firstIndex(where: { $0 === parker }) else { return false }
        idle.remove(at: index)
        threads -= 1
        return true
    }

    /// Ends a lookup; the completions to call.
    mutating func finish(_ query: ResolveQuery) -> [ThreadedResolver.Completion] {
        takeWaiters(of: query)
    }

    /// The completions to call, if there is no thread at all that could do the work.
    mutating func threadFailedToStart() -> [ThreadedResolver.Completion] {
        threads -= 1
        guard threads == 0 else { return [] }
        return takeAllWaiters()
    }

    mutating func stop() -> ([ThreadedResolver.Completion], [ThreadParker]) {
        isStopped = true
        let parkers = idle
        idle = []
        return (takeAllWaiters(), parkers)
    }

    private mutating func takeAllWaiters() -> [ThreadedResolver.Completion] {
        queue = []
        firstQueued = 0
        return Array(lookups.keys).flatMap { takeWaiters(of: $0) }
    }

    private mutating func takeWaiters(of query: ResolveQuery) -> [ThreadedResolver.Completion] {
        let waiters = lookups.removeValue(forKey: query) ?? []
        for waiter in waiters { owners[waiter.token] = nil }
        return waiters.map(\.completion)
    }
}
