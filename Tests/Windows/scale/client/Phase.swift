import Glibc

/// What one phase measured.
struct Phase {
    /// Of each message, in nanoseconds.
    var latencies: [Int64] = []
    var nanoseconds: Int64 = 0
    /// What this process used of the processor.
    var processorNanoseconds: Int64 = 0

    var json: String {
        let sorted = latencies.sorted()
        let seconds = Double(nanoseconds) / 1e9
        return """
            {"messages": \(sorted.count), "seconds": \(seconds), \
            "processor": \(Double(processorNanoseconds) / 1e9), \
            "p50": \(Self.milliseconds(sorted, 0.5)), "p99": \(Self.milliseconds(sorted, 0.99)), \
            "p99_of_parts": \(percentileOfParts), \
            "max": \(Self.milliseconds(sorted, 1))}
            """
    }

    /// The 99th percentile of each tenth of the phase, and of those the median: a machine that
    /// stands still for a moment counts in one of them.
    private var percentileOfParts: Double {
        let size = max(1, latencies.count / 10)
        let parts = stride(from: 0, to: latencies.count, by: size).map {
            Self.milliseconds(latencies[$0..<min($0 + size, latencies.count)].sorted(), 0.99)
        }
        return parts.isEmpty ? 0 : parts.sorted()[parts.count / 2]
    }

    /// A quantile by the nearest rank; 0 of nothing.
    private static func milliseconds(_ sorted: [Int64], _ quantile: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let rank = Int((Double(sorted.count) * quantile).rounded(.up))
        return Double(sorted[min(sorted.count, max(1, rank)) - 1]) / 1e6
    }
}
