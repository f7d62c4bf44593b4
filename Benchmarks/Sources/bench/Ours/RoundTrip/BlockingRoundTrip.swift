import CBenchSupport
import ZeroMQ

/// There and back through the blocking calls, on two threads.
enum BlockingRoundTrip {
    static func requestReply(_ round: Round) throws -> Measurement {
        try run(service(round), round)
    }

    static func dealerRouter(_ round: Round) throws -> Measurement {
        try run(dialogue(round), round)
    }

    private static func run<Near, Far>(
        _ link: Link<Near, Far>, _ round: Round
    ) throws -> Measurement
    where Near: SendingSocket & ReceivingSocket, Far: SendingSocket & ReceivingSocket {
        defer { link.closeBlocking() }
        return try link.onThreads(
            near: { near in
                for _ in 0..<round.margin + round.count {
                    try near.sendBlocking(near.receiveBlocking())
                }
            },
            far: { try request(round, $0) }
        ).far
    }

    private static func request(
        _ round: Round, _ socket: some SendingSocket & ReceivingSocket
    ) throws -> Measurement {
        let payload = Payload(size: round.size)
        let latencies = Latencies(count: round.count)
        for _ in 0..<round.margin { try exchange(payload, socket) }
        var last = bench_now()
        for index in 0..<round.count {
            try exchange(payload, socket)
            let now = bench_now()
            latencies.samples[index] = bench_sample(last, now)
            last = now
        }
        return latencies.measurement
    }

    @inline(__always)
    private static func exchange(
        _ payload: Payload, _ socket: some SendingSocket & ReceivingSocket
    ) throws {
        try socket.sendBlocking(payload.bytes)
        try Payload.check(socket.receiveBlocking(), size: payload.bytes.count)
    }
}
