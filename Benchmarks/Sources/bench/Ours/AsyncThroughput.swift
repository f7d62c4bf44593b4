import ZeroMQ

/// PUSH to PULL through the async calls, in two tasks on the global executor.
enum AsyncThroughput {
    static func run(_ round: Round) throws -> Double {
        try waiting {
            let link = try pipeline(round)
            let seconds = await Result {
                try await link.inTasks(
                    near: { try await receive(round, $0) },
                    far: { try await send(round.total, Payload(size: round.size), $0) }
                ).near
            }
            await link.close()
            return try seconds.get()
        }
    }

    static func send(_ count: Int, _ payload: Payload, _ push: PushSocket) async throws {
        for _ in 0..<count { try await push.send(payload.bytes) }
    }

    static func receive(_ count: Int, _ size: Int, _ pull: PullSocket) async throws {
        for _ in 0..<count { try Payload.check(await pull.receive(), size: size) }
    }

    private static func receive(_ round: Round, _ pull: PullSocket) async throws -> Double {
        try await receive(round.margin, round.size, pull)
        let clock = Stopwatch()
        try await receive(round.count, round.size, pull)
        let seconds = clock.seconds
        try await receive(round.margin, round.size, pull)
        return seconds
    }
}
