/// What one round gave.
struct Measurement: Sendable {
    /// The length of the timed part.
    let seconds: Double
    var values: [Metric: Double]

    init(seconds: Double, values: [Metric: Double]) {
        self.seconds = seconds
        self.values = values
    }

    /// `count` messages or requests in `seconds`.
    init(count: Int, seconds: Double, as metric: Metric = .rate) {
        self.init(seconds: seconds, values: [metric: Double(count) / seconds])
    }
}
