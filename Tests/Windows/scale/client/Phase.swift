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
            "max": \(Self.milliseconds(sorted, 1))}
            """
    }

    /// A quantile by the nearest rank; 0 of nothing.
    private static func milliseconds(_ sorted: [Int64], _ quantile: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        let rank = Int((Double(sorted.count) * quantile).rounded(.up))
        return Double(sorted[min(sorted.count, max(1, rank)) - 1]) / 1e6
    }
}
