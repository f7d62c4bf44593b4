/// What one round gave.
struct Measurement: Sendable {
    /// The length of the timed part.
    let seconds: Double
    var values: [Metric: Double]

    init(seconds: Double, values: [Metric: Double]) {
        self.seconds = seconds
        self.values = values
    }

    /// `count` requests since `clock` began, and their CPU without that of the set-up.
    init(requests count: Int, since clock: Stopwatch) {
        self.init(requests: count, seconds: clock.seconds, cpuSeconds: clock.cpuSeconds)
    }

    /// `count` requests in `seconds`, and the CPU that these took.
    init(requests count: Int, seconds: Double, cpuSeconds: Double) {
        self.init(count: count, seconds: seconds)
        values[.cpu] = cpuSeconds / Double(count) * 1e6
    }

    /// `count` messages or requests in `seconds`.
    init(count: Int, seconds: Double, as metric: Metric = .rate) {
        self.init(seconds: seconds, values: [metric: Double(count) / seconds])
    }
}
