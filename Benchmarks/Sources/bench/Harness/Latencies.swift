/// The times of single round trips, in nanoseconds.
final class Latencies {
    let samples: UnsafeMutableBufferPointer<UInt32>

    init(count: Int) {
        samples = .allocate(capacity: count)
        samples.initialize(repeating: 0)
    }

    deinit {
        samples.deallocate()
    }

    /// To be asked once all samples are there: they are sorted in place.
    var measurement: Measurement {
        let seconds = samples.reduce(0) { $0 + Double($1) } * 1e-9
        var sorted = samples
        sorted.sort()
        return Measurement(
            seconds: seconds,
            values: [.p50: percentile(0.5), .p99: percentile(0.99), .p999: percentile(0.999)])
    }

    /// The time in microseconds within which the given share of the round trips ended.
    private func percentile(_ share: Double) -> Double {
        guard !samples.isEmpty else { return 0 }
        let rank = Int((share * Double(samples.count)).rounded(.up)) - 1
        return Double(samples[min(max(rank, 0), samples.count - 1)]) * 1e-3
    }
}
