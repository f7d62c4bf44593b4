/// The results for the terminal: a table for each case, medians with the quartiles beside them.
enum ResultText {
    static func of(_ record: Record) -> String {
        let tables = record.cases.map { name, rows in
            let table = CaseTable(rows)
            var text = TextTable(
                table.titles.enumerated().map { ($1, $0 == 1 ? .left : .right) })
            for cells in table.cells { text.add(cells) }
            return "\(name)\n\(text.text)\n"
        }
        return (tables + notes(record)).joined(separator: "\n")
    }

    /// What failed, and which calls were measured: the lines under the tables.
    static func notes(_ record: Record) -> [String] { failures(record) + ways(record) }

    private static func failures(_ record: Record) -> [String] {
        var lines: [String] = []
        for row in record.rows {
            for side in Side.allCases {
                guard let reason = row.failure(of: side) else { continue }
                let line =
                    "failed: \(row.name) \(row.axis.text(row.point)), \(side.title): \(reason)"
                if !lines.contains(line) { lines.append(line) }
            }
        }
        return lines
    }

    /// Which call was the fastest where a side had a choice, and was therefore the one measured.
    private static func ways(_ record: Record) -> [String] {
        var places: [String: [String]] = [:]
        for (name, rows) in record.cases {
            var points: [String: [String]] = [:]
            for row in rows where row.metric == rows.first?.metric {
                for side in Side.allCases {
                    guard let way = row.way(of: side) else { continue }
                    points[way, default: []].append(String(row.point))
                }
            }
            for (way, points) in points {
                places[way, default: []].append("\(name) \(points.joined(separator: " "))")
            }
        }
        return places.sorted { $0.key < $1.key }.map { way, places in
            "measured with \(way), as the faster call: \(places.joined(separator: ", "))"
        }
    }
}
