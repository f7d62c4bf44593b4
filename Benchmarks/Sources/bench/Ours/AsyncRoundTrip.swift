import ZeroMQ

/// REQ to REP and back through the async calls, in two tasks on the global executor.
enum AsyncRoundTrip {
    static func run(_ round: Round) throws -> Double {
        try waiting {
            let link = try service(round)
            let seconds = await Result {
                try await link.inTasks(
                    near: { try await reply(round.margin + round.count, $0) },
                    far: { try await request(round, $0) }
                ).far
            }
            await link.close()
            return try seconds.get()
        }
    }

    private static func reply(_ count: Int, _ replier: ReplySocket) async throws {
        for _ in 0..<count { try await replier.send(replier.receive()) }
    }

    private static func request(_ round: Round, _ requester: RequestSocket) async throws -> Double {
        let payload = Payload(size: round.size)
        try await exchange(round.margin, payload, requester)
        let clock = Stopwatch()
        try await exchange(round.count, payload, requester)
        return clock.seconds
    }

    private static func exchange(
        _ count: Int, _ payload: Payload, _ requester: RequestSocket
    ) async throws {
        for _ in 0..<count {
            try await requester.send(payload.bytes)
            try Payload.check(await requester.receive(), size: payload.bytes.count)
        }
    }
}
