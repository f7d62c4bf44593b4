/// One scenario between one pair of peers.
struct Cell: Sendable {
    let row: Row
    let rowIndex: Int
    let column: Column

    /// What `--only` matches, and what names the cell in reports.
    var path: String {
        let family = row.variant.isEmpty ? row.family : row.family + "/" + row.variant
        return [
            family.replacing(" ", with: "-"), row.pair.name, column.peers,
            column.transport.rawValue, column.placement.rawValue,
        ].joined(separator: "/")
    }

    /// Is every part of the pattern a part of the path?
    func matches(_ pattern: String) -> Bool {
        let parts = path.lowercased().split(separator: "/")
        return pattern.lowercased().split(separator: "/").allSatisfy { parts.contains($0) }
    }
}

/// What became of a cell.
enum Outcome: Sendable {
    case passed(seconds: Double)
    case failed(seconds: Double, FailureReport)
    case notRun(reason: String)
}

/// A failure with both peers' last words.
struct FailureReport: Sendable {
    let message: String
    let transcript: String
}
