/// Closing right after the last send loses nothing while the linger time runs.
enum Linger {
    static let rows: [Row] = flushed + replied + early

    private static let pairs = TypePair.all.filter { pair in
        Flow.all(pair).contains { $0.kind == .oneWay }
    }

    /// Everything sent before close arrives, though the receiver starts to read only after it.
    private static let flushed: [Row] = pairs.flatMap { pair in
        Flow.all(pair).filter { $0.kind == .oneWay }.map { flow in
            Row("linger", pair, flow.from == .ours ? "we close" : "they close") {
                stage throws(Failure) in
                try stage.openForFlows("sndhwm=0 rcvhwm=0 ")
                let shape = "count=2000 first=0 size=100,5000,70000,24"
                let receiving = stage.receivingWords(flow)
                try stage[flow.from].ask("send s \(shape)\(stage.sendingWords(flow))")
                try stage[flow.from].begin("close s linger=20000")
                stage.forget(flow.from)
                try stage[flow.from.other].ask("recv s \(shape)\(receiving) extra=20")
                try stage[flow.from].finish()
            }
        }
    }

    private static let replyPairs =
        TypePair.both(.req, .rep) + TypePair.both(.req, .router)
        + TypePair.both(.dealer, .rep) + TypePair.both(.dealer, .router)

    /// The last reply is not lost either.
    private static let replied: [Row] = replyPairs.map { pair in
        let flow = Flow.all(pair).first { $0.kind == .request }
        let server = (flow?.from ?? .ours).other
        return Row("linger", pair, server == .ours ? "we reply and close" : "they reply and close")
        {
            stage throws(Failure) in
            try stage.openForFlows()
            let flow = Flow(kind: .request, from: server.other)
            let shape = "count=1 first=0 size=300000"
            try stage[server.other].begin("ask s \(shape)\(stage.sendingWords(flow))")
            try stage[server].begin("echo s \(shape)")
            try stage[server].begin("close s linger=20000")
            stage.forget(server)
            try stage[server.other].finish()
            try stage[server].finish()
            try stage[server].finish()
        }
    }

    private static let earlyPairs: [TypePair] =
        TypePair.both(.push, .pull) + TypePair.both(.dealer, .router)
        + TypePair.both(.dealer, .dealer) + TypePair.both(.pair, .pair)

    /// Closed before the other side has so much as bound.
    private static let early: [Row] = earlyPairs.flatMap { pair in
        [Side.ours, .theirs].filter { side in
            [.push, .dealer, .pair].contains(pair.type(of: side))
        }.map { sender in
            let binds: Placement = sender == .ours ? .bind : .connect
            let skip: @Sendable (Column, Bool) -> String? = { column, isQuick in
                column.placement == binds
                    ? "a binding socket has no queue before its peers come"
                    : Skip.plain(column, isQuick)
            }
            let variant = sender == .ours ? "we close early" : "they close early"
            return Row("linger", pair, variant, skip: skip) { stage throws(Failure) in
                try closeEarly(stage, sender)
            }
        }
    }

    private static func closeEarly(_ stage: Stage, _ sender: Side) throws(Failure) {
        let endpoint = try stage.reservedEndpoint()
        try stage.open(sender, "s", stage.identity(sender) + "ivl=30")
        try stage[sender].ask("connect s \(endpoint)")
        try stage[sender].ask("send s count=500 first=0 size=500")
        try stage[sender].begin("close s linger=20000")
        stage.forget(sender)
        try stage.open(sender.other, "s", "")
        try stage[sender.other].ask("bind s \(endpoint)")
        let envelope = stage.pair.type(of: sender.other) == .router ? " envelope=1" : ""
        try stage[sender.other].ask("recv s count=500 first=0 size=500 extra=20\(envelope)")
        try stage[sender].finish()
    }
}
