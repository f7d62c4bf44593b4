/// Many messages, in order, none lost, none twice.
enum Volume {
    private static let pairs: [TypePair] =
        TypePair.both(.push, .pull) + TypePair.both(.dealer, .router) + TypePair.both(.pair, .pair)
        + TypePair.both(.pub, .sub)

    static let rows: [Row] = pairs.flatMap { pair in
        ["async", "blocking"].map { api in
            let skip: @Sendable (Column, Bool) -> String? = { column, isQuick in
                if api == "blocking", column.transport == .ipc {
                    return "the blocking interface is put to volume over tcp alone"
                }
                return Skip.plain(column, isQuick)
            }
            return Row("volume", pair, api, isHeavy: true, skip: skip) { stage throws(Failure) in
                // A publisher drops at its mark, and a receiver has to keep up with it.
                let isPublished = pair.ours.publishes || pair.theirs.publishes
                try stage.openForFlows("api=\(api)" + (isPublished ? " sndhwm=0 rcvhwm=0" : ""))
                let count = stage.isQuick ? 10_000 : 100_000
                for flow in Flow.all(pair) where flow.kind == .oneWay {
                    try stage.carry(flow, "count=\(count) first=0 size=40,300 timeout=18000")
                }
            }
        }
    }
}
