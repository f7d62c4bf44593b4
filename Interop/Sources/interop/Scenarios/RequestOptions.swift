/// REQ with ZMQ_REQ_CORRELATE and ZMQ_REQ_RELAXED, against REP and ROUTER.
enum RequestOptions {
    private static let pairs = TypePair.both(.req, .rep) + TypePair.both(.req, .router)

    static let rows: [Row] = correlated + relaxed + strict

    /// Requests carry an id of four bytes that the reply brings back.
    private static let correlated: [Row] = pairs.map { pair in
        Row("request", pair, "correlated") { stage throws(Failure) in
            let side = pair.side(of: .req)
            try stage.open(side, "s", "correlate=1")
            try stage.open(side.other, "s", "")
            try stage.join()
            try stage.carry(Flow(kind: .request, from: side), "count=20 first=0 frames=1,2")
            guard pair.contains(.router) else { return }
            let first = try request(stage, side, "one")
            try stage[side.other].ask("put s \(first.joined(separator: ","))")
            try expectFrames(stage[side].ask("take s"), Hex.text("one"))
            let second = try request(stage, side, "two")
            try expect(first[1] != second[1], "two requests with one id \(first[1])")
            // A reply to the first request is not a reply to the second.
            try stage[side.other].ask("put s \(first.joined(separator: ","))")
            try stage[side.other].ask("put s \(second.joined(separator: ","))")
            try expectFrames(stage[side].ask("take s"), Hex.text("two"))
        }
    }

    /// A request may be given up; the late reply to it is not taken for the next one's.
    private static let relaxed: [Row] = pairs.map { pair in
        Row("request", pair, "relaxed") { stage throws(Failure) in
            let side = pair.side(of: .req)
            try stage.open(side, "s", "correlate=1 relaxed=1")
            try stage.open(side.other, "s", "")
            try stage.join()
            let requester = try stage[side]
            let server = try stage[side.other]
            if pair.contains(.router) {
                let first = try request(stage, side, "one")
                let second = try request(stage, side, "two")
                try server.ask("put s \(first.joined(separator: ","))")
                try server.ask("put s \(second.joined(separator: ","))")
            } else {
                try requester.ask("put s \(Hex.text("one"))")
                try expectFrames(server.ask("take s"), Hex.text("one"))
                try requester.ask("put s \(Hex.text("two"))")
                try server.ask("put s \(Hex.text("one"))")
                try expectFrames(server.ask("take s"), Hex.text("two"))
                try server.ask("put s \(Hex.text("two"))")
            }
            try expectFrames(requester.ask("take s"), Hex.text("two"))
        }
    }

    /// Without the options a second request before the reply is an error, and harms nothing.
    private static let strict: [Row] = pairs.map { pair in
        Row("request", pair, "strict") { stage throws(Failure) in
            let side = pair.side(of: .req)
            try stage.openBoth()
            let requester = try stage[side]
            let early = try requester.attempt("take s timeout=50")
            try expect(early.error == "EFSM", "receiving before sending: \(early.line)")
            try requester.ask("put s \(Hex.text("one"))")
            let twice = try requester.attempt("put s \(Hex.text("two")) timeout=50")
            try expect(twice.error == "EFSM", "sending twice: \(twice.line)")
            let frames = try stage[side.other].ask("take s").frames
            try stage[side.other].ask("put s \(frames.joined(separator: ","))")
            try expectFrames(requester.ask("take s"), Hex.text("one"))
        }
    }

    /// Sends a request to a ROUTER. Returns its frames: id, request id, empty, body.
    private static func request(_ stage: Stage, _ side: Side, _ body: String) throws(Failure)
        -> [String]
    {
        try stage[side].ask("put s \(Hex.text(body))")
        let frames = try stage[side.other].ask("take s").frames
        try expect(
            frames.count == 4 && frames[1].count == 8 && frames[2].isEmpty
                && frames[3] == Hex.text(body),
            "the request's frames are \(frames)")
        return frames
    }
}
