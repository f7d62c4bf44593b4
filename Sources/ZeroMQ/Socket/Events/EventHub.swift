/// Passes a socket's events on to everybody who listens.
final class EventHub: @unchecked Sendable {
    // Unchecked: guarded by `lock`.
    private let lock = Lock()
    private var listeners: [Int: AsyncStream<SocketEvent>.Continuation] = [:]
    private var nextID = 0
    private var isFinished = false

    /// Makes a stream of what happens from now on.
    func subscribe() -> SocketEvents {
        let (stream, continuation) = AsyncStream.makeStream(
            of: SocketEvent.self, bufferingPolicy: .bufferingNewest(1024))
        lock.lock()
        let id = nextID
        nextID += 1
        let isLate = isFinished
        if !isLate { listeners[id] = continuation }
        lock.unlock()
        if isLate {
            continuation.finish()
        } else {
            continuation.onTermination = { [weak self] _ in self?.unsubscribe(id) }
        }
        return SocketEvents(stream: stream)
    }

    /// Whether anybody listens; spares making events for nobody.
    var hasListeners: Bool { lock.withLock { !listeners.isEmpty } }

    /// Tells everybody.
    func emit(_ event: SocketEvent) {
        let targets = lock.withLock { Array(listeners.values) }
        for target in targets { target.yield(event) }
    }

    /// Ends all streams.
    func finish() {
        lock.lock()
        isFinished = true
        let targets = Array(listeners.values)
        listeners.removeAll()
        lock.unlock()
        for target in targets { target.finish() }
    }

    private func unsubscribe(_ id: Int) {
        lock.withLock { _ = listeners.removeValue(forKey: id) }
    }
}
