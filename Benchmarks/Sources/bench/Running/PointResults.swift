/// What the rounds of one case at one point gave.
struct PointResults {
    private let item: BenchmarkCase
    private let point: Int
    private var figures: [Metric: [Side: [Double]]] = [:]
    /// The way each side was used where it had more than one.
    var ways: [Side: String] = [:]
    /// Sides that could not be measured, and why.
    var failures: [Side: String] = [:]

    init(_ item: BenchmarkCase, at point: Int) {
        self.item = item
        self.point = point
    }

    mutating func add(_ measurement: Measurement, of side: Side) {
        for metric in item.metrics {
            guard let value = measurement.values[metric] else { continue }
            figures[metric, default: [:]][side, default: []].append(value)
        }
    }

    /// A row for each metric.
    var rows: [Row] {
        item.metrics.map { metric in
            Row(
                name: item.name, metric: metric, axis: item.axis, point: point,
                figures: (figures[metric] ?? [:]).compactMapValues { Statistics($0)?.figures },
                ways: ways, failures: failures)
        }
    }
}
