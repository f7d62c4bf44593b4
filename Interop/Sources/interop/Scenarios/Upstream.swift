/// What an XSUB sends to its publisher besides subscriptions: only an XPUB shows it.
enum Upstream {
    static let sizes: [Row] = pairs.flatMap { pair in
        [
            Row("sizes", pair, "upstream") { stage throws(Failure) in
                try open(stage, "api=blocking")
                try carry(stage, "count=22 first=0 size=\(Sizes.list)")
            },
            Row("sizes", pair, "64 MiB upstream", isHeavy: true, skip: Skip.fullOnly) {
                stage throws(Failure) in
                try open(stage, "maxmsg=67200000")
                for first in 0..<2 {
                    try carry(stage, "count=1 first=\(first) \(Sizes.bigWords)")
                }
            },
        ]
    }

    static let volume: [Row] = pairs.map { pair in
        Row("volume", pair, "upstream", isHeavy: true, skip: Skip.leanQuick) {
            stage throws(Failure) in
            try open(stage, "")
            let count = Volume.count(stage.isQuick)
            try carry(stage, "count=\(count) first=0 size=40,300 timeout=18000")
        }
    }

    private static let pairs = TypePair.both(.xpub, .xsub)

    /// An XSUB drops what it sends without a connection, and beyond its mark.
    private static func open(_ stage: Stage, _ options: String) throws(Failure) {
        try stage.openBoth("sndhwm=0 rcvhwm=0 " + options)
        try stage[stage.subscriber].ask("sub s topic")
        try expectFrames(stage[stage.publisher].ask("take s"), "01" + Hex.text("topic"))
    }

    private static func carry(_ stage: Stage, _ shape: String) throws(Failure) {
        try stage.carry(Flow(kind: .oneWay, from: stage.subscriber), shape)
    }
}
