@testable import ZeroMQ

/// A blocking lookup under a test's control: every call waits until it is answered.
final class StubLookup: Sendable {
    private let state = Locked(State())

    private struct State {
        var waiting: [(query: ResolveQuery, parker: ThreadParker)] = []
        var answers: [ResolveQuery: ResolveResult] = [:]
        var calls: [ResolveQuery] = []
        var watcher: (count: Int, parker: ThreadParker)?
    }

    /// How often each host was looked up, in order.
    var calls: [String] { state.withLock { $0.calls.map(\.host) } }

    func lookUp(_ query: ResolveQuery) throws(LookupError) -> [SocketAddress] {
        let parker = ThreadParker()
        let watcher = state.withLock { state in
            state.calls.append(query)
            state.waiting.append((query, parker))
            return state.watcher.flatMap { $0.count <= state.calls.count ? $0.parker : nil }
        }
        watcher?.unpark()
        while true {
            if let answer = state.withLock({ $0.answers[query] }) { return try answer.get() }
            _ = parker.park()
        }
    }

    /// Lets all lookups of a query end, those to come included.
    func answer(_ query: ResolveQuery, _ result: ResolveResult) {
        let waiting = state.withLock { state in
            state.answers[query] = result
            let waiting = state.waiting.filter { $0.query == query }
            state.waiting.removeAll { $0.query == query }
            return waiting
        }
        for entry in waiting { entry.parker.unpark() }
    }

    /// Waits until there were so many calls.
    func waitForCalls(_ count: Int) {
        let parker = ThreadParker()
        state.withLock { $0.watcher = (count, parker) }
        while state.withLock({ $0.calls.count < count }) { _ = parker.park() }
    }
}

/// Collects results, and waits for them.
final class ResolveResults: Sendable {
    private let results = Locked<[(tag: Int, result: ResolveResult)]>([])
    private let parker = ThreadParker()

    func completion(_ tag: Int) -> @Sendable (ResolveResult) -> Void {
        { result in
            self.results.withLock { $0.append((tag, result)) }
            self.parker.unpark()
        }
    }

    func wait(for count: Int) -> [Int: ResolveResult] {
        while results.withLock({ $0.count < count }) { _ = parker.park() }
        return results.withLock { Dictionary($0, uniquingKeysWith: { first, _ in first }) }
    }

    var tags: [Int] { results.withLock { $0.map(\.tag) } }
}
