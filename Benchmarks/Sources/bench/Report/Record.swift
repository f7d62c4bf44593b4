#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// All that is kept of a run.
struct Record: Codable, Sendable {
    /// What the figures belong to.
    let machine: String
    /// How they were come by.
    let conditions: String
    let rows: [Row]

    /// Reads what ``json`` wrote.
    init(contentsOf path: String) throws {
        do {
            let data = try Data(contentsOf: URL(filePath: path))
            self = try JSONDecoder().decode(Record.self, from: data)
        } catch {
            throw BenchmarkError("\(path): not the JSON of a run (\(error))")
        }
    }

    init(machine: String, conditions: String, rows: [Row]) {
        self.machine = machine
        self.conditions = conditions
        self.rows = rows
    }

    /// One line for each row, so that two runs can be compared by eye as well.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let lines = try rows.map { row in
                "    " + String(decoding: try encoder.encode(row), as: UTF8.self)
            }
            return """
                {
                  "machine": "\(machine)",
                  "conditions": "\(conditions)",
                  "rows": [
                \(lines.joined(separator: ",\n"))
                  ]
                }

                """
        }
    }

    /// The rows of each case, in the order they were measured.
    var cases: [(name: String, rows: [Row])] {
        var order: [String] = []
        var groups: [String: [Row]] = [:]
        for row in rows {
            if groups[row.name] == nil { order.append(row.name) }
            groups[row.name, default: []].append(row)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }
}
