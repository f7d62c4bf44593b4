/// One metric of one case at one point, of all sides.
struct Row: Codable, Sendable {
    let name: String
    let metric: Metric
    let axis: Axis
    let point: Int
    private let sides: [String: Figures]
    private let callsUsed: [String: String]?
    private let failed: [String: String]?

    private enum CodingKeys: String, CodingKey {
        case name = "case"
        case metric, axis, sides
        case point = "at"
        case callsUsed = "ways"
        case failed = "failures"
    }

    init(
        name: String, metric: Metric, axis: Axis, point: Int, figures: [Side: Figures],
        ways: [Side: String], failures: [Side: String]
    ) {
        self.name = name
        self.metric = metric
        self.axis = axis
        self.point = point
        sides = Self.keyed(figures)
        callsUsed = ways.isEmpty ? nil : Self.keyed(ways)
        failed = failures.isEmpty ? nil : Self.keyed(failures)
    }

    private static func keyed<Value>(_ values: [Side: Value]) -> [String: Value] {
        Dictionary(values.map { ($0.key.rawValue, $0.value) }, uniquingKeysWith: { a, _ in a })
    }

    /// What identifies it among the rows of a run.
    var key: String { "\(name) \(metric.rawValue) \(point)" }

    subscript(_ side: Side) -> Figures? { sides[side.rawValue] }
    /// The call a side was used with, where it had a choice.
    func way(of side: Side) -> String? { callsUsed?[side.rawValue] }
    func failure(of side: Side) -> String? { failed?[side.rawValue] }

    /// How many times better `a` did than `b`, by medians; nil when one of them is missing.
    func ratio(_ a: Side, over b: Side) -> Double? {
        guard let first = self[a]?.median, let second = self[b]?.median, first > 0, second > 0
        else { return nil }
        return metric.ratio(first, over: second)
    }
}
