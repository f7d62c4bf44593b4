import CBenchSupport
import CLibzmq
import CLibzmqLoops

/// libzmq, used as its own performance tests use it: plain calls from a loop in C.
enum LibzmqContender {
    static let pushPull = contender { round, description in
        Measurement(count: round.count, seconds: try check(libzmq_throughput(description)))
    }
    static let dealerRouter = contender(isRouted: true) { round, description in
        Measurement(count: round.count, seconds: try check(libzmq_throughput(description)))
    }
    static let requestReply = contender(run: roundTrip)
    static let dealerRoundTrip = contender(isRouted: true, run: roundTrip)
    static let fanOut = contender { round, description in
        let seconds = try check(libzmq_fan_out(description))
        return round.load.measurement(published: round.count, seconds: seconds)
    }
    static let fanIn = contender { round, description in
        Measurement(count: round.count, seconds: try check(libzmq_fan_in(description)))
    }
    static let router = Contender(.libzmq) { round in
        try run(round, inPlace: false, isRouted: true) { round, description in
            let outcome = libzmq_router(description)
            return Measurement(
                requests: round.count, seconds: try check(outcome), cpuSeconds: outcome.cpu_seconds)
        }
    }

    /// The version of the library that is linked.
    static var version: String {
        var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
        zmq_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }

    private typealias Loop =
        @Sendable (Round, UnsafeMutablePointer<libzmq_round>) throws -> Measurement

    private static func contender(isRouted: Bool = false, run loop: @escaping Loop) -> Contender {
        Contender(
            .libzmq,
            ways: [
                Contender.Way(name: "zmq_recv") {
                    try run($0, inPlace: false, isRouted: isRouted, loop)
                },
                Contender.Way(name: "zmq_msg_recv") {
                    try run($0, inPlace: true, isRouted: isRouted, loop)
                },
            ])
    }

    private static let roundTrip: Loop = { round, description in
        let latencies = Latencies(count: round.count)
        description.pointee.samples = latencies.samples.baseAddress
        _ = try check(libzmq_round_trip(description))
        return latencies.measurement
    }

    private static func run(
        _ round: Round, inPlace: Bool, isRouted: Bool, _ loop: Loop
    ) throws -> Measurement {
        try round.transport.endpoint.withCString { endpoint in
            var description = libzmq_round()
            description.endpoint = endpoint
            description.shared_context = round.load.sharesContext
            description.in_place = inPlace
            description.routed = isRouted
            description.size = round.size
            description.frames = round.load.frames
            description.peers = round.load.peers
            description.io_threads = Int32(round.load.ioThreads)
            description.high_water_mark = Int32(round.load.highWaterMark ?? 0)
            description.window = UInt64(round.load.window)
            description.topics = round.load.topics
            description.connects_later = round.load.connectsLater
            description.margin = UInt64(round.margin)
            description.count = UInt64(round.count)
            return try loop(round, &description)
        }
    }

    private static func check(_ outcome: libzmq_outcome) throws -> Double {
        if let failed = outcome.failed {
            let reason = zmq_strerror(outcome.code).map { String(cString: $0) } ?? "unknown"
            throw BenchmarkError("libzmq: \(String(cString: failed)): \(reason)")
        }
        return outcome.seconds
    }
}
