/// The figures of several rounds.
struct Statistics: Sendable {
    private let sorted: [Double]

    /// Nil when there are no figures.
    init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        sorted = values.sorted()
    }

    var median: Double { quantile(0.5) }
    var minimum: Double { sorted[0] }
    var maximum: Double { sorted[sorted.count - 1] }

    var figures: Figures {
        Figures(
            median: NumberText.rounded(median), q1: NumberText.rounded(quantile(0.25)),
            q3: NumberText.rounded(quantile(0.75)), min: NumberText.rounded(minimum),
            max: NumberText.rounded(maximum), rounds: sorted.count)
    }

    /// The value below which the given share of the figures lies, interpolated.
    func quantile(_ share: Double) -> Double {
        let position = share * Double(sorted.count - 1)
        let lower = min(max(Int(position), 0), sorted.count - 1)
        let upper = min(lower + 1, sorted.count - 1)
        return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
    }
}
