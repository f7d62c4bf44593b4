/// The rates of all scenes, as a table.
struct Summary {
    private struct Row {
        let scene: String
        let unit: String
        var rates: [Transport: Double] = [:]
    }

    private let transports: [Transport]
    private var rows: [Row] = []
    private var played = 0
    private var failed = 0

    init(transports: [Transport]) { self.transports = transports }

    mutating func add(_ scene: any Scene, _ transport: Transport, _ rate: Double?) {
        if rows.last?.scene != scene.name { rows.append(Row(scene: scene.name, unit: scene.unit)) }
        rows[rows.count - 1].rates[transport] = rate
        played += 1
        if rate == nil { failed += 1 }
    }

    func text(after time: Duration) -> String {
        var lines = ["", "Summary, per second"]
        lines.append(
            line("scene", "what is counted", transports.map(\.rawValue)))
        for row in rows {
            let rates = transports.map { row.rates[$0].map(Self.readable) ?? "failed" }
            lines.append(line(row.scene, row.unit, rates))
        }
        let seconds = Columns.fixed(time / .seconds(1), decimals: 1)
        let verdict = failed == 0 ? "all \(played) went well" : "\(failed) of \(played) failed"
        lines.append("")
        lines.append("\(verdict), in \(seconds) s. Next: zmq --help")
        return lines.joined(separator: "\n")
    }

    private func line(_ scene: String, _ unit: String, _ cells: [String]) -> String {
        let row = cells.map { Columns.right($0, 12) }.joined()
        return "  \(Columns.left(scene, 10))  \(Columns.left(unit, 24))\(row)"
    }

    /// A rate for people: `812`, `54.3 k`, `3.21 M`.
    static func readable(_ rate: Double) -> String {
        if rate >= 1e6 { return Columns.fixed(rate / 1e6, decimals: 2) + " M" }
        if rate < 1000 { return Columns.fixed(rate, decimals: 0) }
        return Columns.fixed(rate / 1e3, decimals: 1) + " k"
    }
}
