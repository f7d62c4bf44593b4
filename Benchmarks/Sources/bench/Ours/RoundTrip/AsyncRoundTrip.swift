import CBenchSupport
import ZeroMQ

/// There and back through the async calls, in two tasks.
enum AsyncRoundTrip {
    static func requestReply(_ round: Round, onIOThreads: Bool) throws -> Measurement {
        try waiting { try await run(service(round), round, onIOThreads) }
    }

    static func dealerRouter(_ round: Round, onIOThreads: Bool) throws -> Measurement {
        try waiting { try await run(dialogue(round), round, onIOThreads) }
    }

    private static func run<Near, Far>(
        _ link: Link<Near, Far>, _ round: Round, _ onIOThreads: Bool
    ) async throws -> Measurement
    where Near: SendingSocket & ReceivingSocket, Far: SendingSocket & ReceivingSocket {
        let measurement = await Result {
            try await link.inTasks(
                onIOThreads: onIOThreads,
                near: { near in
                    for _ in 0..<round.margin + round.count {
                        try await near.send(near.receive())
                    }
                },
                far: { try await request(round, $0) }
            ).far
        }
        await link.close()
        return try measurement.get()
    }

    private static func request(
        _ round: Round, _ socket: some SendingSocket & ReceivingSocket
    ) async throws -> Measurement {
        let payload = Payload(size: round.size)
        let latencies = Latencies(count: round.count)
        for _ in 0..<round.margin { try await exchange(payload, socket) }
        var last = bench_now()
        for index in 0..<round.count {
            try await exchange(payload, socket)
            let now = bench_now()
            latencies.samples[index] = bench_sample(last, now)
            last = now
        }
        return latencies.measurement
    }

    @inline(__always)
    private static func exchange(
        _ payload: Payload, _ socket: some SendingSocket & ReceivingSocket
    ) async throws {
        try await socket.send(payload.bytes)
        try Payload.check(await socket.receive(), size: payload.bytes.count)
    }
}
