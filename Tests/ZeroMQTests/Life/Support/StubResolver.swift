@testable import ZeroMQ

/// A resolver whose answers are the test's.
final class StubResolver: NameResolver {
    private let state = Locked(State())

    private struct State {
        var answers: [String: ResolveResult] = [:]
        var calls: [String] = []
        var waiting: [(String, @Sendable (ResolveResult) -> Void)] = []
    }

    /// The hosts asked for, in order.
    var calls: [String] { state.withLock { $0.calls } }

    /// From now on `host` is answered so.
    func answer(_ host: String, _ result: ResolveResult) {
        let waiting = state.withLock { state in
            state.answers[host] = result
            let waiting = state.waiting.filter { $0.0 == host }
            state.waiting.removeAll { $0.0 == host }
            return waiting
        }
        for (_, completion) in waiting { completion(result) }
    }

    func resolve(
        _ query: ResolveQuery, _ completion: @escaping @Sendable (ResolveResult) -> Void
    ) -> ResolveToken {
        let answer: ResolveResult? = state.withLock { state in
            state.calls.append(query.host)
            if state.answers[query.host] == nil { state.waiting.append((query.host, completion)) }
            return state.answers[query.host]
        }
        if let answer { completion(answer) }
        return ResolveToken(number: 0)
    }

    func stop() {
        let waiting = state.withLock { state in
            defer { state.waiting.removeAll() }
            return state.waiting
        }
        for (_, completion) in waiting { completion(.failure(LookupError(.stopped))) }
    }

    func cancel(_ token: ResolveToken) -> Bool { false }
}

extension Context {
    /// A context of the usual kind whose names are looked up by `resolver`.
    static func resolving(by resolver: any NameResolver) throws -> Context {
        let thread = IOThread(name: "zmq-io-0", poller: try System.makePoller())
        try thread.start()
        return Context(ContextOptions(), threads: [thread], resolver: resolver)
    }
}
