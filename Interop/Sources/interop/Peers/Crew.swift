/// The two peers of one lane that are on stage, and the ones that wait.
final class Crew {
    private var ours: PeerKind
    private var theirs: PeerKind
    private var members: [String: PeerProcess] = [:]
    var patience: Double

    init(patience: Double) {
        ours = .swift
        theirs = .libzmq
        self.patience = patience
    }

    /// Chooses both sides for the next cell, and starts clean transcripts.
    func prepare(_ column: Column) throws(Failure) {
        ours = column.ours
        theirs = column.foreign
        for side in [Side.ours, .theirs] {
            let member = try member(side)
            if !member.isUsable { try replace(side) }
            try self.member(side).forgetTranscript()
        }
    }

    func member(_ side: Side) throws(Failure) -> PeerProcess {
        if let member = members[slot(side)] { return member }
        let kind = side == .ours ? ours : theirs
        let member = try PeerProcess(kind, role: side.rawValue, patience: patience)
        members[slot(side)] = member
        let hello = try member.attempt("hello")
        try expect(hello.isOK, "\(kind.rawValue) does not start: \(hello.line)")
        return member
    }

    /// Kills and starts again.
    func replace(_ side: Side) throws(Failure) {
        members.removeValue(forKey: slot(side))?.destroy()
        _ = try member(side)
    }

    /// Kills whatever may be in an unknown state.
    func discard() {
        for side in [Side.ours, .theirs] {
            members.removeValue(forKey: slot(side))?.destroy()
        }
    }

    /// What both peers said and heard.
    func transcript() -> String {
        [Side.ours, .theirs].compactMap { side -> String? in
            guard let member = members[slot(side)] else { return nil }
            var lines = ["\(side.rawValue) = \(member.kind.rawValue), pid \(member.pid):"]
            lines += member.transcript.suffix(40).map { "  " + String($0.prefix(400)) }
            if !member.lastWords.isEmpty { lines.append("  stderr: " + member.lastWords) }
            return lines.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    func dismiss() {
        for member in members.values {
            member.dismiss()
        }
        members.removeAll()
    }

    private func slot(_ side: Side) -> String {
        side.rawValue + " " + (side == .ours ? ours : theirs).rawValue
    }
}
