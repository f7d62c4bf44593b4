/// What got slower, and faster, from one run to another.
struct Changes {
    private let old: Record
    private let new: Record
    /// The least change of a median that counts, as a share of the smaller of the two.
    private let threshold: Double

    init(from old: Record, to new: Record, threshold: Double) {
        self.old = old
        self.new = new
        self.threshold = threshold
    }

    var text: String {
        let before = Dictionary(old.rows.map { ($0.key, $0) }, uniquingKeysWith: { a, _ in a })
        var table = TextTable([
            ("case", .left), ("at", .right), ("unit", .left), ("side", .left), ("before", .right),
            ("now", .right), ("change", .right),
        ])
        var (slower, faster, compared) = (0, 0, 0)
        var drift: [Double] = []
        for row in new.rows {
            guard let past = before[row.key] else { continue }
            for side in Side.allCases {
                guard let then = past[side], let now = row[side], then.median > 0 else { continue }
                let ratio = row.metric.ratio(now.median, over: then.median)
                if !side.isOurs {
                    drift.append(ratio)
                    continue
                }
                compared += 1
                let change = max(ratio, 1 / ratio) - 1
                guard isBeyondSpread(row.metric, then, now), change > threshold else { continue }
                if ratio > 1 { faster += 1 } else { slower += 1 }
                if ratio < 1 { table.add(cells(row, side, then, now, ratio)) }
            }
        }
        let summary =
            "\(slower) slower, \(faster) faster, \(compared - slower - faster) neither, by more"
            + " than \(NumberText.short(threshold * 100)) % with quartiles apart"
        let list = slower > 0 ? table.text : "nothing got slower"
        return ([list, summary, mood(drift)] + missing).joined(separator: "\n")
    }

    /// Whether the quartiles of the two do not overlap.
    private func isBeyondSpread(_ metric: Metric, _ then: Figures, _ now: Figures) -> Bool {
        now.q3 < then.q1 || now.q1 > then.q3
    }

    private func cells(
        _ row: Row, _ side: Side, _ then: Figures, _ now: Figures, _ ratio: Double
    ) -> [String] {
        let (factor, prefix) =
            row.metric.hasPrefixes ? NumberText.scale(for: then.median) : (1, "")
        let title = row.metric.title.isEmpty ? "" : row.metric.title + " "
        return [
            row.name, String(row.point), title + prefix + row.metric.unit, side.title,
            NumberText.short(then.median * factor), NumberText.short(now.median * factor),
            NumberText.short(ratio) + " x",
        ]
    }

    /// How much the others changed, which is the machine's doing.
    private func mood(_ drift: [Double]) -> String {
        guard let all = Statistics(drift) else { return "no other side was measured in both" }
        return "the other sides changed by \(NumberText.short(all.median)) x"
            + " (\(NumberText.short(all.quantile(0.25)))..\(NumberText.short(all.quantile(0.75))))"
    }

    private var missing: [String] {
        let (before, now) = (Set(old.rows.map(\.key)), Set(new.rows.map(\.key)))
        var lines: [String] = []
        if old.machine != new.machine { lines.append("before, on: \(old.machine)") }
        let gone = places(old.rows.filter { !now.contains($0.key) })
        let added = places(new.rows.filter { !before.contains($0.key) })
        if !gone.isEmpty { lines.append("not measured now: \(gone)") }
        if !added.isEmpty { lines.append("not measured before: \(added)") }
        return lines
    }

    /// The cases of rows, each with its points.
    private func places(_ rows: [Row]) -> String {
        Record(machine: "", conditions: "", rows: rows).cases.map { name, rows in
            let points = Set(rows.map(\.point)).sorted().map(String.init)
            return "\(name) (\(points.joined(separator: " ")))"
        }.joined(separator: ", ")
    }
}
