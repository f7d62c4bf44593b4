/// The printed matrix: a line a row, a column for each peer, transport and placement.
struct Matrix {
    let cells: [Cell]
    let outcomes: [Outcome]
    let columns: [Column]
    /// What to call each foreign peer.
    let titles: [PeerKind: String]
    /// What to say of a family behind its name.
    let notes: [String: String]

    private let nameWidth = 38
    private let cellWidth = 6

    func text() -> String {
        var reasons: [String] = []
        var lines = header()
        var family = ""
        for (row, members) in grouped() {
            if row.family != family {
                family = row.family
                lines.append(family + (notes[family].map { ": " + $0 } ?? ""))
            }
            var line = pad("  " + row.title, nameWidth)
            for column in columns {
                let index = members.first { cells[$0].column == column }
                line += pad(mark(index.map { outcomes[$0] }, &reasons), cellWidth)
            }
            lines.append(line.trimmingTrailingSpace())
        }
        return (lines + legend(reasons)).joined(separator: "\n")
    }

    private func header() -> [String] {
        var first = pad("", nameWidth)
        var second = pad("", nameWidth)
        var third = pad("we bind, or we connect:", nameWidth)
        var previous: Column?
        for column in columns {
            let isNewPeer = column.foreign != previous?.foreign || column.ours != previous?.ours
            let isNewTransport = isNewPeer || column.transport != previous?.transport
            let width = 6 * cellWidth
            if isNewPeer { first += pad(title(of: column), width) }
            if isNewTransport { second += pad(column.transport.rawValue, 2 * cellWidth) }
            third += pad(column.placement == .bind ? "bind" : "conn", cellWidth)
            previous = column
        }
        return [first, second, third].map { $0.trimmingTrailingSpace() }
    }

    private func title(of column: Column) -> String {
        let foreign = titles[column.foreign] ?? column.foreign.rawValue
        return switch column.ours {
        case .uring: "\(foreign), we over io_uring"
        case .wine: "\(foreign), we under Wine"
        case .swift, .libzmq, .pyzmq: foreign
        }
    }

    private func grouped() -> [(Row, [Int])] {
        var order: [Int] = []
        var members: [Int: [Int]] = [:]
        for (index, cell) in cells.enumerated() {
            if members[cell.rowIndex] == nil { order.append(cell.rowIndex) }
            members[cell.rowIndex, default: []].append(index)
        }
        return order.compactMap { row in
            members[row].flatMap { list in list.first.map { (cells[$0].row, list) } }
        }
    }

    private func mark(_ outcome: Outcome?, _ reasons: inout [String]) -> String {
        switch outcome {
        case .passed: return "ok"
        case .failed: return "FAIL"
        case .notRun(let reason): return "-" + letter(reason, &reasons)
        case nil: return "-" + letter("not chosen with --only", &reasons)
        }
    }

    private func letter(_ reason: String, _ reasons: inout [String]) -> String {
        if !reasons.contains(reason) { reasons.append(reason) }
        let index = reasons.firstIndex(of: reason) ?? 0
        return String(Character(Unicode.Scalar(UInt8(97 + index % 26))))
    }

    private func legend(_ reasons: [String]) -> [String] {
        guard !reasons.isEmpty else { return [] }
        return ["", "Cells not run:"]
            + reasons.enumerated().map { index, reason in
                "  -\(Character(Unicode.Scalar(UInt8(97 + index % 26))))  \(reason)"
            }
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text.count >= width
            ? text + " " : text + String(repeating: " ", count: width - text.count)
    }
}

extension String {
    func trimmingTrailingSpace() -> String {
        var copy = self[...]
        while copy.last == " " {
            copy.removeLast()
        }
        return String(copy)
    }
}
