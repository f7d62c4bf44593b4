/// The results as a table with all sides, medians with the range of the rounds beside them.
struct ResultTable {
    private let results: [CaseResult]
    private let sides: [Side]

    /// Whom to compare, where both were measured.
    private static let ratios: [(Side, over: Side)] = [
        (.ours, over: .libzmq), (.oursAsync, over: .libzmq), (.ours, over: .raw),
    ]

    init(_ results: [CaseResult]) {
        self.results = results
        sides = Side.allCases.filter { side in
            results.contains { $0.statistics[side] != nil || $0.failures[side] != nil }
        }
    }

    var text: String {
        var table = TextTable(
            [("case", .left), ("bytes", .right), ("unit", .left)]
                + sides.flatMap { [($0.title, .right), ("min..max", .left)] }
                + ratios.map { ("\($0.title)/\($1.title)", .right) })
        for result in results { table.add(row(result)) }
        return ([table.text] + failures + ways).joined(separator: "\n")
    }

    private var ratios: [(Side, over: Side)] {
        Self.ratios.filter { sides.contains($0) && sides.contains($1) }
    }

    private func row(_ result: CaseResult) -> [String] {
        let reference = result.median(.libzmq) ?? result.statistics.values.first?.median ?? 1
        let (factor, prefix) =
            result.unit == .messagesPerSecond ? NumberText.scale(for: reference) : (1, "")
        let figures = sides.flatMap { side -> [String] in
            guard let figures = result.statistics[side] else {
                return [result.failures[side] == nil ? "-" : "failed", ""]
            }
            let range = [figures.minimum, figures.maximum].map { NumberText.short($0 * factor) }
            return [NumberText.short(figures.median * factor), range.joined(separator: "..")]
        }
        let comparisons = ratios.map { a, b in
            result.ratio(a, over: b).map { NumberText.short($0) + " x" } ?? "-"
        }
        return [result.name, String(result.size), prefix + result.unit.rawValue] + figures
            + comparisons
    }

    private var failures: [String] {
        results.flatMap { result in
            sides.compactMap { side in
                result.failures[side].map {
                    "failed: \(result.name) \(result.size) B, \(side.title): \($0)"
                }
            }
        }
    }

    /// Which call was the fastest where a side had a choice, and was therefore the one measured.
    private var ways: [String] {
        var places: [String: [(name: String, sizes: [Int])]] = [:]
        for result in results {
            for way in result.ways.values {
                if places[way]?.last?.name != result.name {
                    places[way, default: []].append((result.name, []))
                }
                let last = (places[way]?.count ?? 1) - 1
                places[way]?[last].sizes.append(result.size)
            }
        }
        return places.sorted { $0.key < $1.key }.map { way, places in
            let list = places.map {
                "\($0.name) \($0.sizes.map(String.init).joined(separator: " "))"
            }
            return "measured with \(way), as the faster call: \(list.joined(separator: ", "))"
        }
    }
}
