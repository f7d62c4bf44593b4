import CRawLoops

/// A yardstick: the same payload through plain sockets, or through shared memory for inproc.
enum RawContender {
    /// Messages from this size on travel one to a block.
    private static let largeMessage = 65536
    /// Smaller ones travel in blocks of this size: what counts for them is bytes per second, and a
    /// call to the system for every 8 bytes would limit nothing but itself.
    private static let block = 256 << 10

    static let throughput = Contender(.raw) { round in
        let block = round.size < largeMessage ? Self.block : round.size
        let bytes = Double(round.count) * Double(round.size)
        let blocks = UInt64(max(1, bytes / Double(block)))
        var description = describe(round, block: block, count: blocks)
        let seconds = try check(raw_throughput(&description))
        let scale = bytes / (Double(blocks) * Double(block))
        return Measurement(count: round.count, seconds: seconds * scale)
    }

    static let roundTrip = Contender(.raw) { round in
        let latencies = Latencies(count: round.count)
        var description = describe(round, block: round.size, count: UInt64(round.count))
        description.samples = latencies.samples.baseAddress
        _ = try check(raw_round_trip(&description))
        return latencies.measurement
    }

    private static func describe(_ round: Round, block: Int, count: UInt64) -> raw_round {
        let transport =
            switch round.transport {
            case .tcp: RAW_TCP
            case .ipc: RAW_UNIX
            case .inproc: RAW_MEMORY
            }
        return raw_round(
            transport: transport, block: block, margin: max(count / 10, 10), count: count,
            samples: nil)
    }

    private static func check(_ outcome: raw_outcome) throws -> Double {
        if let failed = outcome.failed {
            throw BenchmarkError("raw: \(String(cString: failed)): errno \(outcome.code)")
        }
        return outcome.seconds
    }
}
