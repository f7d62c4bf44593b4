import CNngLoops

/// nng, through the same loops in C; nothing where the library is not installed.
enum NngContender {
    static let pushPull = contender { round, description in
        Measurement(count: round.count, seconds: try check(nng_loops_throughput(description)))
    }
    static let requestReply = contender { round, description in
        let latencies = Latencies(count: round.count)
        description.pointee.samples = latencies.samples.baseAddress
        _ = try check(nng_loops_round_trip(description))
        return latencies.measurement
    }

    /// The version of the library; nil where there is none.
    static let version = nng_loops_version().map { String(cString: $0) }

    private typealias Loop =
        @Sendable (Round, UnsafeMutablePointer<nng_round>) throws -> Measurement

    private static func contender(run loop: @escaping Loop) -> Contender {
        Contender(
            .nng,
            ways: [
                Contender.Way(name: "nng_recv") { try run($0, inPlace: false, loop) },
                Contender.Way(name: "nng_recvmsg") { try run($0, inPlace: true, loop) },
            ])
    }

    private static func run(
        _ round: Round, inPlace: Bool, _ loop: Loop
    ) throws -> Measurement {
        try endpoint(round.transport).withCString { endpoint in
            var description = nng_round()
            description.endpoint = endpoint
            description.in_place = inPlace
            description.size = round.size
            description.peers = round.load.peers
            description.margin = UInt64(round.margin)
            description.count = UInt64(round.count)
            return try loop(round, &description)
        }
    }

    private static func endpoint(_ transport: Transport) -> String {
        switch transport {
        case .tcp: "tcp://127.0.0.1:0"
        case .ipc: "ipc://\(TemporaryPath.unique)"
        case .inproc: "inproc://bench"
        }
    }

    private static func check(_ outcome: nng_outcome) throws -> Double {
        if let failed = outcome.failed {
            let reason = outcome.reason.map { String(cString: $0) } ?? "unknown"
            throw BenchmarkError("nng: \(String(cString: failed)): \(reason)")
        }
        return outcome.seconds
    }
}
