import ZeroMQ

/// REQ to REP and back through the blocking calls, on two threads.
enum BlockingRoundTrip {
    static func run(_ round: Round) throws -> Double {
        let link = try service(round)
        defer { link.closeBlocking() }
        return try link.onThreads(
            near: { try reply(round.margin + round.count, $0) },
            far: { try request(round, $0) }
        ).far
    }

    private static func reply(_ count: Int, _ replier: ReplySocket) throws {
        for _ in 0..<count { try replier.sendBlocking(replier.receiveBlocking()) }
    }

    private static func request(_ round: Round, _ requester: RequestSocket) throws -> Double {
        let payload = Payload(size: round.size)
        try exchange(round.margin, payload, requester)
        let clock = Stopwatch()
        try exchange(round.count, payload, requester)
        return clock.seconds
    }

    private static func exchange(
        _ count: Int, _ payload: Payload, _ requester: RequestSocket
    ) throws {
        for _ in 0..<count {
            try requester.sendBlocking(payload.bytes)
            try Payload.check(requester.receiveBlocking(), size: payload.bytes.count)
        }
    }
}
