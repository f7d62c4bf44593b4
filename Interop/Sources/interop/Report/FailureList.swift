/// What failed, how to see it again, and what both peers said last.
struct FailureList {
    let cells: [Cell]
    let outcomes: [Outcome]
    /// What the reproduction command needs besides `--only`.
    let arguments: String

    private let shown = 20

    func text() -> String {
        var parts: [String] = []
        var count = 0
        for (cell, outcome) in zip(cells, outcomes) {
            guard case .failed(_, let report) = outcome else { continue }
            count += 1
            let run = "swift run -c release --package-path Interop interop"
            let command = "\(run)\(arguments) --only \(cell.path)"
            parts.append("\(cell.path)\n  \(report.message)\n  again: \(command)")
            guard count <= shown else { continue }
            parts.append(indent(report.transcript))
        }
        guard count > 0 else { return "" }
        return "\n\(count) cells failed:\n\n" + parts.joined(separator: "\n")
    }

    private func indent(_ text: String) -> String {
        text.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
    }
}
