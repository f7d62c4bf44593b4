import Testing

@testable import ZeroMQ

/// Binds one socket, connects the other to it, and waits until both have shaken hands.
@discardableResult
func link(
    _ bound: some ZeroMQSocket, _ connecting: some ZeroMQSocket, over transport: TestTransport
) async throws -> String {
    let endpoint = try bound.bind(transport.freshEndpoint)
    try await join(connecting, to: bound, at: endpoint)
    return endpoint
}

/// Connects to a bound socket and waits until both have shaken hands.
func join(
    _ connecting: some ZeroMQSocket, to bound: some ZeroMQSocket, at endpoint: String
) async throws {
    let before = (bound.statistics.connections, connecting.statistics.connections)
    try connecting.connect(endpoint)
    try await eventually("a handshake at \(endpoint)") {
        bound.statistics.connections > before.0 && connecting.statistics.connections > before.1
    }
}

extension ZeroMQSocket {
    func dropped(_ reason: DropReason) -> UInt64 { statistics.dropped[reason] ?? 0 }

    /// How many calls wait for room now.
    var waitingSenders: Int {
        guard let side = core.sendSide else { return 0 }
        return side.lock.withLock { side.waiters.count }
    }

    /// How many calls wait for a message now.
    var waitingReceivers: Int {
        guard let side = core.receiveSide else { return 0 }
        return side.lock.withLock { side.waiters.count }
    }

    /// How many messages lie ready to be received, without any work.
    var unreadMessages: Int {
        guard let side = core.receiveSide else { return 0 }
        return side.lock.withLock {
            var count = 0
            side.pipes.forEach { count += $0.queuedMessages }
            return count
        }
    }

    /// How many messages wait to leave.
    var unsentMessages: Int {
        guard let side = core.sendSide else { return 0 }
        return side.lock.withLock {
            var count = 0
            side.pipes.forEach { count += $0.queuedMessages }
            return count
        }
    }
}

extension ReceivingSocket {
    /// The next message; throws after a time in which it must have come.
    func next(within limit: Duration = .seconds(15)) async throws -> Message {
        try await core.receive(timeout: limit)
    }

    /// The next `count` messages as text.
    func nextTexts(_ count: Int) async throws -> [String] {
        var texts: [String] = []
        for _ in 0..<count { texts.append(try await next().string ?? "?") }
        return texts
    }
}

extension SendingSocket {
    /// Sends `message` until the socket would have to wait; returns how many it took.
    func fill(with message: Message, limit: Int = 20_000) throws -> Int {
        var count = 0
        while count < limit, try trySend(message) { count += 1 }
        return count
    }
}

/// A body that fills kernel buffers quickly.
let bulk = Frame([UInt8](repeating: 0x42, count: 128 << 10))

extension String {
    var frame: Frame { Frame(self) }
    var message: Message { Message(self) }
}
