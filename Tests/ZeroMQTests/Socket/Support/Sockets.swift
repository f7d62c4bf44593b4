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

    /// Whether any peer has sent more than may wait.
    var readingIsPaused: Bool {
        guard let side = core.receiveSide else { return false }
        return side.lock.withLock {
            var isPaused = false
            side.pipes.forEach { isPaused = isPaused || $0.isPaused }
            return isPaused
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
    /// Sends `message` until the peer reads no more and every buffer on the way is full; returns
    /// how many were taken.
    ///
    /// Room may come back for a while after the first refusal, as the I/O thread moves on; with
    /// completion ports the system carries a send on by itself, at a time of its own.
    ///
    /// - Parameter reader: a peer that over a wire reads until it has enough, however long that
    ///   takes the network.
    func fill(
        with message: Message, of reader: (any ZeroMQSocket)? = nil,
        over transport: TestTransport = .tcp, limit: Int = 20_000
    ) async throws -> Int {
        let clock = ContinuousClock()
        var count = 0
        var refusals = 0
        var lastTaken = clock.now
        while refusals < 15, count < limit {
            if try trySend(message) {
                count += 1
                refusals = 0
                lastTaken = clock.now
            } else {
                guard lastTaken.duration(to: clock.now) < .seconds(15) else {
                    throw NeverHappened(what: "the reader pauses")
                }
                let isBeingRead = transport != .inproc && reader?.readingIsPaused == false
                refusals = isBeingRead ? 0 : refusals + 1
                try await turnOfEveryIOThread()
                #if canImport(WinSDK)
                    try await Task.sleep(for: .milliseconds(3))
                #endif
            }
        }
        return count
    }

    /// Returns when a sender has waited for so long that its peers' queues are surely full.
    func stalls() async throws {
        var last: UInt64 = 0
        var rounds = 0
        try await eventually("the sender waits", within: .seconds(40)) {
            let sent = statistics.messagesSent
            rounds = sent == last && waitingSenders > 0 ? rounds + 1 : 0
            last = sent
            return rounds >= 10
        }
    }

    private func turnOfEveryIOThread() async throws {
        for thread in core.context.ioThreads {
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                if !thread.post({ continuation.resume() }) { continuation.resume() }
            }
        }
        try await Task.sleep(for: .milliseconds(1))
    }
}

/// A body that fills kernel buffers quickly.
let bulk = Frame([UInt8](repeating: 0x42, count: 128 << 10))

extension String {
    var frame: Frame { Frame(self) }
    var message: Message { Message(self) }
}
