import Foundation

/// The outcome of every cell, for other programs.
struct JSONReport {
    private struct Entry: Encodable {
        let family: String
        let variant: String
        let ours: String
        let theirs: String
        let peer: String
        let transport: String
        let placement: String
        let outcome: String
        let seconds: Double?
        let detail: String?
    }

    private struct Document: Encodable {
        let versions: [String: String]
        let cells: [Entry]
    }

    let cells: [Cell]
    let outcomes: [Outcome]
    let versions: [String: String]

    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(versions: versions, cells: zip(cells, outcomes).map(entry))
        try encoder.encode(document).write(to: URL(fileURLWithPath: path))
    }

    private func entry(_ cell: Cell, _ outcome: Outcome) -> Entry {
        let (word, seconds, detail): (String, Double?, String?) =
            switch outcome {
            case .passed(let seconds): ("passed", seconds, nil)
            case .failed(let seconds, let report): ("failed", seconds, report.message)
            case .notRun(let reason): ("not run", nil, reason)
            }
        return Entry(
            family: cell.row.family, variant: cell.row.variant,
            ours: cell.row.pair.ours.rawValue, theirs: cell.row.pair.theirs.rawValue,
            peer: cell.column.peers, transport: cell.column.transport.rawValue,
            placement: cell.column.placement.rawValue, outcome: word, seconds: seconds,
            detail: detail)
    }
}
