import ZeroMQ

/// PUSH to PULL through the blocking calls, on two threads.
enum BlockingThroughput {
    static func run(_ round: Round) throws -> Double {
        let link = try pipeline(round)
        defer { link.closeBlocking() }
        return try link.onThreads(
            near: { try receive(round, $0) },
            far: { try send(round.total, Payload(size: round.size), $0) }
        ).near
    }

    static func send(_ count: Int, _ payload: Payload, _ push: PushSocket) throws {
        for _ in 0..<count { try push.sendBlocking(payload.bytes) }
    }

    static func receive(_ count: Int, _ size: Int, _ pull: PullSocket) throws {
        for _ in 0..<count { try Payload.check(pull.receiveBlocking(), size: size) }
    }

    private static func receive(_ round: Round, _ pull: PullSocket) throws -> Double {
        try receive(round.margin, round.size, pull)
        let clock = Stopwatch()
        try receive(round.count, round.size, pull)
        let seconds = clock.seconds
        try receive(round.margin, round.size, pull)
        return seconds
    }
}
