import ZeroMQ

/// A stream of messages through the async calls, in tasks on the global executor or on the I/O
/// threads.
enum AsyncThroughput {
    static func pushPull(_ round: Round, onIOThreads: Bool) throws -> Measurement {
        try waiting {
            try await run(pipeline(round), round, Expected(round), onIOThreads: onIOThreads)
        }
    }

    static func dealerRouter(_ round: Round) throws -> Measurement {
        try waiting { try await run(dialogue(round), round, Expected(round, isRouted: true)) }
    }

    /// Every peer sends its share.
    static func fanIn(_ round: Round) throws -> Measurement {
        let expected = Expected(round)
        return try waiting {
            let link = try pipeline(round)
            let measurement = await Result {
                try await link.inTasks(
                    near: { try await receive(round, expected, $0) },
                    each: { push, _ in
                        let payload = Payload(size: round.size)
                        try await send(round.total / round.load.peers, payload, push)
                    }
                ).near
            }
            await link.close()
            return try measurement.get()
        }
    }

    private static func run<Near: ReceivingSocket, Far: SendingSocket>(
        _ link: Link<Near, Far>, _ round: Round, _ expected: Expected, onIOThreads: Bool = false
    ) async throws -> Measurement {
        let frames = round.load.frames
        let measurement = await Result {
            try await link.inTasks(
                onIOThreads: onIOThreads,
                near: { try await receive(round, expected, $0) },
                far: { far in
                    let payload = Payload(size: round.size)
                    guard frames > 1 else { return try await send(round.total, payload, far) }
                    for _ in 0..<round.total {
                        try await far.send(payload.message(frames: frames))
                    }
                }
            ).near
        }
        await link.close()
        return try measurement.get()
    }

    static func send(
        _ count: Int, _ payload: Payload, _ socket: some SendingSocket
    ) async throws {
        for _ in 0..<count { try await socket.send(payload.bytes) }
    }

    static func receive(
        _ count: Int, _ expected: Expected, _ socket: some ReceivingSocket
    ) async throws {
        for _ in 0..<count { try expected.check(await socket.receive()) }
    }

    private static func receive(
        _ round: Round, _ expected: Expected, _ socket: some ReceivingSocket
    ) async throws -> Measurement {
        try await receive(round.margin, expected, socket)
        let clock = Stopwatch()
        try await receive(round.count, expected, socket)
        let seconds = clock.seconds
        try await receive(round.margin, expected, socket)
        return Measurement(count: round.count, seconds: seconds)
    }
}
