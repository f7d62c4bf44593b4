/// Many messages, in order, none lost, none twice.
///
/// Pairs whose requests must wait for their replies are in `RoundTrips`, what an XSUB sends to its
/// publisher is in `Upstream`.
enum Volume {
    /// Messages one after another, each way.
    static func count(_ isQuick: Bool) -> Int { isQuick ? 10_000 : 100_000 }

    static let rows: [Row] = pairs.flatMap { pair in
        ["async", "blocking"].map { api in
            Row("volume", pair, api, isHeavy: true, skip: skip(pair, api)) {
                stage throws(Failure) in
                try stage.openForFlows("api=\(api)" + limits(pair))
                let shape = "count=\(count(stage.isQuick)) first=0 size=40,300 timeout=18000"
                if pair.contains(.rep) { return try pipeline(stage, shape) }
                for flow in Flow.all(pair) where flow.kind == .oneWay {
                    try stage.carry(flow, shape)
                }
            }
        }
    }

    private static let pairs = TypePair.all.filter { !$0.contains(.req) }

    /// What a quick run puts to volume with every peer.
    private static let alwaysRun: Set<TypePair> = Set(
        TypePair.both(.push, .pull) + TypePair.both(.dealer, .router)
            + TypePair.both(.pair, .pair) + TypePair.both(.pub, .sub))

    private static func skip(_ pair: TypePair, _ api: String)
        -> @Sendable (Column, Bool) -> String?
    {
        let others = alwaysRun.contains(pair) ? Skip.plain : Skip.leanQuick
        return { column, isQuick in
            if api == "blocking", column.transport == .ipc { return blockingOverIPC }
            return others(column, isQuick)
        }
    }

    static let blockingOverIPC = "the blocking interface is put to volume over tcp alone"

    /// A publisher drops at its mark, a REP its replies too: the receiver has to keep up.
    private static func limits(_ pair: TypePair) -> String {
        let drops = pair.ours.publishes || pair.theirs.publishes || pair.contains(.rep)
        return drops ? " sndhwm=0 rcvhwm=0" : ""
    }

    /// A DEALER need not wait for replies: all its requests are out before it reads the first.
    private static func pipeline(_ stage: Stage, _ shape: String) throws(Failure) {
        let dealer = try stage[stage.pair.side(of: .dealer)]
        let server = try stage[stage.pair.side(of: .rep)]
        try server.begin("echo s \(shape)")
        try dealer.begin("send s \(shape) delim=1")
        try dealer.begin("recv s \(shape) delim=1 extra=15")
        try dealer.finish()
        try dealer.finish()
        try server.finish()
    }
}
