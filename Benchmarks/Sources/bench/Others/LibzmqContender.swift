import CLibzmq
import CLibzmqLoops

/// libzmq, used as its own performance tests use it: plain calls from a loop in C.
enum LibzmqContender {
    static let throughput = contender(libzmq_throughput)
    static let roundTrip = contender(libzmq_round_trip)

    /// The version of the library that is linked.
    static var version: String {
        var (major, minor, patch): (Int32, Int32, Int32) = (0, 0, 0)
        zmq_version(&major, &minor, &patch)
        return "\(major).\(minor).\(patch)"
    }

    private typealias Loop =
        @Sendable (UnsafePointer<libzmq_round>?) -> libzmq_outcome

    private static func contender(_ loop: @escaping Loop) -> Contender {
        Contender(
            .libzmq,
            ways: [
                Contender.Way(name: "zmq_recv") { try run(loop, $0, inPlace: false) },
                Contender.Way(name: "zmq_msg_recv") { try run(loop, $0, inPlace: true) },
            ])
    }

    private static func run(_ loop: Loop, _ round: Round, inPlace: Bool) throws -> Double {
        let outcome = round.transport.endpoint.withCString { endpoint in
            var description = libzmq_round()
            description.endpoint = endpoint
            description.shared_context = round.sharesContext
            description.in_place = inPlace
            description.size = round.size
            description.margin = UInt64(round.margin)
            description.count = UInt64(round.count)
            return loop(&description)
        }
        if let failed = outcome.failed {
            let reason = zmq_strerror(outcome.code).map { String(cString: $0) } ?? "unknown"
            throw BenchmarkError("libzmq: \(String(cString: failed)): \(reason)")
        }
        return outcome.seconds
    }
}
