/// The volume of pairs with a REQ: a request goes out when the reply to the one before is in.
///
/// A trip costs two wake-ups of each process, fifty times a message of `Volume`. So most cells make
/// fewer of them, and one a pair makes as many as `Volume`.
enum RoundTrips {
    /// Trips one after another.
    static func count(_ isQuick: Bool) -> Int { isQuick ? 2000 : 20_000 }

    static let rows: [Row] = pairs.flatMap { pair in
        [
            row(pair, "async trips", "async", skip: Skip.leanQuick),
            row(pair, "blocking trips", "blocking", skip: blockingSkip),
            long(pair),
        ]
    }

    private static let pairs = TypePair.all.filter { $0.contains(.req) }

    private static let blockingSkip: @Sendable (Column, Bool) -> String? = { column, isQuick in
        column.transport == .ipc ? Volume.blockingOverIPC : Skip.leanQuick(column, isQuick)
    }

    private static func row(
        _ pair: TypePair, _ name: String, _ api: String,
        skip: @escaping @Sendable (Column, Bool) -> String?
    ) -> Row {
        Row("volume", pair, name, isHeavy: true, skip: skip) { stage throws(Failure) in
            try stage.openForFlows("api=\(api)")
            try stage.carryAll(
                "count=\(count(stage.isQuick)) first=0 size=40,300 timeout=18000")
        }
    }

    /// As many as other pairs carry. Ten seconds a cell on two cores, hence one column.
    private static func long(_ pair: TypePair) -> Row {
        let total = Volume.count(false)
        let skip: @Sendable (Column, Bool) -> String? = { column, isQuick in
            if let reason = Skip.fullOnly(column, isQuick) { return reason }
            let here = Column(ours: .swift, foreign: .libzmq, transport: .tcp, placement: .bind)
            return column == here
                ? nil : "\(total.spaced) round trips take long: with libzmq over tcp that we bind"
        }
        return Row("volume", pair, "\(total.spaced) trips", isHeavy: true, skip: skip) {
            stage throws(Failure) in
            try stage.openForFlows()
            for flow in Flow.all(pair) {
                let shape = "count=\(total) first=0 size=40,300 timeout=90000"
                try stage.carry(flow, shape, within: 95)
            }
        }
    }
}
