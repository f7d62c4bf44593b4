import Testing

@testable import ZeroMQ

/// Collects the events of a socket from now on.
final class EventLog: @unchecked Sendable {
    // Unchecked: guarded by `lock`.
    private let lock = Lock()
    private var seen: [SocketEvent] = []
    private var task: Task<Void, Never>?

    init(_ socket: some ZeroMQSocket) {
        let events = socket.events
        task = Task { [weak self] in
            for await event in events { self?.note(event) }
        }
    }

    deinit {
        task?.cancel()
    }

    private func note(_ event: SocketEvent) {
        lock.withLock { seen.append(event) }
    }

    func all(_ kind: SocketEvent.Kind) -> [SocketEvent] {
        lock.withLock { seen.filter { $0.kind == kind } }
    }

    /// The first event of a kind, as soon as it has happened.
    func first(_ kind: SocketEvent.Kind) async throws -> SocketEvent {
        try await nth(1, kind)
    }

    /// The `count`th event of a kind, as soon as it has happened.
    func nth(_ count: Int, _ kind: SocketEvent.Kind) async throws -> SocketEvent {
        try await eventually("\(count) x \(kind)") { all(kind).count >= count }
        return all(kind)[count - 1]
    }
}
