/// The rows of one case as cells of a table, for the terminal and for Markdown alike.
struct CaseTable {
    private let rows: [Row]
    private let sides: [Side]

    /// Whom to compare, where both were measured.
    private static let ratios: [(Side, over: Side)] = [
        (.ours, over: .libzmq), (.oursAsync, over: .libzmq), (.oursIO, over: .libzmq),
        (.ours, over: .nng), (.ours, over: .raw),
    ]

    init(_ rows: [Row]) {
        self.rows = rows
        sides = Side.allCases.filter { side in
            rows.contains { $0[side] != nil || $0.failure(of: side) != nil }
        }
    }

    var titles: [String] {
        [rows.first?.axis.rawValue ?? "", "unit"] + sides.map(\.title)
            + ratios.map { "\($0.title)/\($1.title)" }
    }

    var cells: [[String]] { rows.map(cells) }

    private var ratios: [(Side, over: Side)] {
        Self.ratios.filter { sides.contains($0) && sides.contains($1) }
    }

    private func cells(_ row: Row) -> [String] {
        let reference = row[.libzmq]?.median ?? sides.lazy.compactMap { row[$0]?.median }.first
        let (factor, prefix) =
            row.metric.hasPrefixes ? NumberText.scale(for: reference ?? 1) : (1, "")
        let figures = sides.map { side -> String in
            guard let figures = row[side] else {
                return row.failure(of: side) == nil ? "-" : "failed"
            }
            let range = [figures.q1, figures.q3].map { NumberText.short($0 * factor) }
            return "\(NumberText.short(figures.median * factor)) (\(range[0])..\(range[1]))"
        }
        let comparisons = ratios.map { a, b in
            row.ratio(a, over: b).map { NumberText.short($0) + " x" } ?? "-"
        }
        let title = row.metric.title.isEmpty ? "" : row.metric.title + " "
        return [String(row.point), title + prefix + row.metric.unit] + figures + comparisons
    }
}
