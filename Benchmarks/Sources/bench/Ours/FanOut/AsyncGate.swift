import Synchronization

/// Holds a publishing task back so that its slowest subscriber never falls too far behind.
final class AsyncGate: Sendable {
    private struct State {
        var progress: [Int]
        var ready = 0
        var wanted = 0
        var waiter: CheckedContinuation<Void, Never>?
        var isBroken = false

        var hasCome: Bool { isBroken || progress.allSatisfy { $0 >= wanted } }

        mutating func takeWaiter() -> CheckedContinuation<Void, Never>? {
            defer { waiter = nil }
            return waiter
        }
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(progress: Array(repeating: 0, count: count)))
    }

    /// A subscriber hears the publisher.
    func ready() { state.withLock { $0.ready += 1 } }
    var isReady: Bool { state.withLock { $0.isBroken || $0.ready == $0.progress.count } }

    func report(_ index: Int, _ progress: Int) {
        let waiter = state.withLock { state in
            state.progress[index] = progress
            let isDue = state.waiter != nil && progress >= state.wanted && state.hasCome
            return isDue ? state.takeWaiter() : nil
        }
        waiter?.resume()
    }

    /// Suspends until every subscriber has got its share of the first `progress` messages.
    func wait(for progress: Int) async throws {
        await withCheckedContinuation { continuation in
            let isDue = state.withLock { state in
                state.wanted = progress
                if state.hasCome { return true }
                state.waiter = continuation
                return false
            }
            if isDue { continuation.resume() }
        }
        if state.withLock({ $0.isBroken }) { throw BenchmarkError("a subscriber failed") }
    }

    func end() {
        let waiter = state.withLock { state in
            state.isBroken = true
            return state.takeWaiter()
        }
        waiter?.resume()
    }
}
