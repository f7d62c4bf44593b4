import ZeroMQ

/// A stream of messages through the blocking calls, a thread for each socket.
enum BlockingThroughput {
    static func pushPull(_ round: Round) throws -> Measurement {
        try run(pipeline(round), round, Expected(round))
    }

    static func dealerRouter(_ round: Round) throws -> Measurement {
        try run(dialogue(round), round, Expected(round, isRouted: true))
    }

    /// Every peer sends its share.
    static func fanIn(_ round: Round) throws -> Measurement {
        let link = try pipeline(round)
        defer { link.closeBlocking() }
        let expected = Expected(round)
        return try link.onThreads(
            near: { try receive(round, expected, $0) },
            each: { push, _ in
                try send(round.total / round.load.peers, Payload(size: round.size), push)
            }
        ).near
    }

    private static func run<Near: ReceivingSocket, Far: SendingSocket>(
        _ link: Link<Near, Far>, _ round: Round, _ expected: Expected
    ) throws -> Measurement {
        defer { link.closeBlocking() }
        let frames = round.load.frames
        return try link.onThreads(
            near: { try receive(round, expected, $0) },
            far: { far in
                let payload = Payload(size: round.size)
                guard frames > 1 else { return try send(round.total, payload, far) }
                for _ in 0..<round.total { try far.sendBlocking(payload.message(frames: frames)) }
            }
        ).near
    }

    static func send(_ count: Int, _ payload: Payload, _ socket: some SendingSocket) throws {
        for _ in 0..<count { try socket.sendBlocking(payload.bytes) }
    }

    static func receive(
        _ count: Int, _ expected: Expected, _ socket: some ReceivingSocket
    ) throws {
        for _ in 0..<count { try expected.check(socket.receiveBlocking()) }
    }

    private static func receive(
        _ round: Round, _ expected: Expected, _ socket: some ReceivingSocket
    ) throws -> Measurement {
        try receive(round.margin, expected, socket)
        let clock = Stopwatch()
        try receive(round.count, expected, socket)
        let seconds = clock.seconds
        try receive(round.margin, expected, socket)
        return Measurement(count: round.count, seconds: seconds)
    }
}
