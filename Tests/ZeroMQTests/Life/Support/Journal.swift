import Testing

@testable import ZeroMQ

/// Writes a socket's events down, from its making on, and waits for some of them.
final class Journal: Sendable {
    private let box = Box()
    private let task: Task<Void, Never>

    private final class Box: @unchecked Sendable {
        // Guarded by the lock, which the thread sanitizer understands.
        private let lock = Lock()
        private var events: [SocketEvent] = []
        private var hasEnded = false

        var all: [SocketEvent] { lock.withLock { events } }
        var isFinished: Bool { lock.withLock { hasEnded } }
        func append(_ event: SocketEvent) { lock.withLock { events.append(event) } }
        func finish() { lock.withLock { hasEnded = true } }
    }

    init(_ socket: any ZeroMQSocket) {
        let events = socket.events
        let box = box
        task = Task {
            for await event in events { box.append(event) }
            box.finish()
        }
    }

    deinit { task.cancel() }

    /// Stops writing. Before the end of a process: to the leak checker what a task that still runs
    /// holds is lost.
    func end() async {
        task.cancel()
        await task.value
    }

    /// Everything so far.
    var all: [SocketEvent] { box.all }

    /// Whether the stream has ended.
    var isFinished: Bool { box.isFinished }

    func all(_ kind: SocketEvent.Kind) -> [SocketEvent] { all.filter { $0.kind == kind } }

    func count(_ kind: SocketEvent.Kind) -> Int { all(kind).count }

    /// Waits for the `count`th event of a kind whose reason contains `reason`.
    @discardableResult
    func wait(
        _ kind: SocketEvent.Kind, count: Int = 1, reason: String? = nil,
        within limit: Duration = patience, sourceLocation: SourceLocation = #_sourceLocation
    ) async -> SocketEvent? {
        var found: SocketEvent?
        let isThere = await becomesTrue(within: limit) {
            let matching = self.all.filter { event in
                event.kind == kind && (reason.map { (event.reason ?? "").contains($0) } ?? true)
            }
            guard matching.count >= count else { return false }
            found = matching[count - 1]
            return true
        }
        if !isThere {
            let seen = all.map(\.description).joined(separator: "\n  ")
            Issue.record(
                "no event \(kind) \(reason ?? "") (\(count)) but\n  \(seen)",
                sourceLocation: sourceLocation)
        }
        return found
    }
}

/// How long a test waits for what should come soon: long, because machines are slow at times.
let patience = Duration.seconds(20)

/// Whether `condition` becomes true before the time is over.
func becomesTrue(
    within limit: Duration = patience, _ condition: () throws -> Bool
) async rethrows -> Bool {
    let deadline = ContinuousClock.now + limit
    while true {
        if try condition() { return true }
        if ContinuousClock.now >= deadline { return try condition() }
        try? await Task.sleep(for: .milliseconds(1))
        if Task.isCancelled { return try condition() }
    }
}

/// Records an issue unless `condition` becomes true before the time is over.
@discardableResult
func expectSoon(
    _ what: Comment, within limit: Duration = patience,
    sourceLocation: SourceLocation = #_sourceLocation, _ condition: () throws -> Bool
) async rethrows -> Bool {
    let isTrue = try await becomesTrue(within: limit, condition)
    if !isTrue { Issue.record(what, sourceLocation: sourceLocation) }
    return isTrue
}
