/// STREAM against libzmq's STREAM and against a plain TCP socket.
enum Streams {
    static let rows: [Row] = TypePair.streams.flatMap { pair in
        [
            Row("stream", pair, "both ways", skip: skip(pair)) { stage throws(Failure) in
                try carryBothWays(
                    stage,
                    [
                        "count=200 first=0 size=1,24,255,256,8192",
                        "count=4 first=200 size=1048576,65537",
                    ])
            },
            Row("stream", pair, "we hang up", skip: skip(pair)) { stage throws(Failure) in
                try hangUp(stage, from: .ours, openStreams(stage))
            },
            Row("stream", pair, "they hang up", skip: skip(pair)) { stage throws(Failure) in
                try hangUp(stage, from: .theirs, openStreams(stage))
            },
            Row("stream", pair, "volume", isHeavy: true, skip: skip(pair)) {
                stage throws(Failure) in
                let count = Volume.count(stage.isQuick)
                try carryBothWays(stage, ["count=\(count) first=0 size=40,300 timeout=18000"])
            },
            Row("stream", pair, "64 MiB", isHeavy: true, skip: fullOnly(pair)) {
                stage throws(Failure) in
                try carryBothWays(stage, ["count=2 first=0 \(Sizes.bigWords)"])
            },
        ]
    }

    private static func skip(_ pair: TypePair) -> @Sendable (Column, Bool) -> String? {
        { column, isQuick in
            if column.transport == .ipc { return "STREAM speaks tcp alone" }
            if pair.theirs == .raw, column.foreign != .pyzmq {
                return "the plain TCP socket is Python's"
            }
            return pair.theirs == .raw ? nil : Skip.plain(column, isQuick)
        }
    }

    private static func fullOnly(_ pair: TypePair) -> @Sendable (Column, Bool) -> String? {
        let others = skip(pair)
        return { column, isQuick in others(column, isQuick) ?? (isQuick ? Skip.quick : nil) }
    }

    /// Joins both; a STREAM is told of the connection by its id and an empty frame.
    private static func openStreams(_ stage: Stage) throws(Failure) -> [Side: String] {
        for side in [Side.ours, .theirs] {
            try stage.open(side, "s", "")
        }
        try stage.join()
        var ids: [Side: String] = [:]
        for side in [Side.ours, .theirs] where stage.pair.type(of: side) == .stream {
            let frames = try stage[side].ask("take s").frames
            try expect(
                frames.count == 2 && frames[0].count == 10 && frames[1].isEmpty,
                "\(side.rawValue) was told of the connection by \(frames)")
            ids[side] = frames[0]
        }
        return ids
    }

    private static func carryBothWays(_ stage: Stage, _ shapes: [String]) throws(Failure) {
        let ids = try openStreams(stage)
        for from in [Side.ours, .theirs] {
            for shape in shapes {
                try stage[from.other].begin("recv s \(shape)")
                try stage[from].begin("send s \(shape)" + (ids[from].map { " to=\($0)" } ?? ""))
                try stage[from].finish()
                try stage[from.other].finish()
            }
        }
    }

    /// An empty body closes; the other STREAM is told by an empty body.
    private static func hangUp(_ stage: Stage, from: Side, _ ids: [Side: String])
        throws(Failure)
    {
        if let id = ids[from] {
            try stage[from].ask("put s \(id),")
        } else {
            try stage.close(from)
        }
        let notice = try stage[from.other].ask("take s")
        if let id = ids[from.other] {
            try expectFrames(notice, id + ",")
        }
    }
}
