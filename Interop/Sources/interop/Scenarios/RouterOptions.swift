import Foundation

/// Mandatory, handover, probe, and ids that are generated.
enum RouterOptions {
    static let rows: [Row] = mandatory + handover + duplicate + probe + anonymous

    private static let pairs = TypePair.both(.router, .dealer)

    /// An unknown id is an error; a known one works until its peer goes.
    private static let mandatory: [Row] = pairs.map { pair in
        Row("router", pair, "mandatory") { stage throws(Failure) in
            let side = pair.side(of: .router)
            try stage.open(side, "s", "mandatory=1")
            try stage.open(side.other, "s", stage.identity(side.other))
            try stage.join()
            let router = try stage[side]
            let id = stage.identityHex(side.other)
            let unknown = try router.attempt("put s \(Hex.frames("nobody", "body"))")
            try expect(unknown.error == "EHOSTUNREACH", "unknown id: \(unknown.line)")
            try router.ask("send s to=\(id) retry=1 count=3 first=0")
            try stage[side.other].ask("recv s count=3 first=0")
            // The queue of a connecting socket outlives its connection, and with it the id.
            guard stage.binder == side else { return }
            try stage.close(side.other)
            try stage.await(side, "disconnections", atLeast: 1)
            try expectUnreachable(router, id)
        }
    }

    /// libzmq reports the end of a connection before its socket has taken note of it.
    private static func expectUnreachable(_ router: PeerProcess, _ id: String) throws(Failure) {
        let end = Date().addingTimeInterval(8)
        var reply = PeerReply("")
        repeat {
            reply = try router.attempt("put s \(id),\(Hex.text("body")) timeout=500")
            if reply.error == "EHOSTUNREACH" { return }
            usleep(1000)
        } while Date() < end
        throw Failure("the peer is gone, and yet after 8 s: \(reply.line)")
    }

    /// A newcomer with a known id takes it over.
    private static let handover: [Row] = pairs.map { pair in
        Row("router", pair, "handover") { stage throws(Failure) in
            try withTwins(stage, "handover=1 mandatory=1") { router, dealers throws(Failure) in
                try stage.await(pair.side(of: .router), "connections", atLeast: 2)
                try dealers.ask("put second \(Hex.text("hello"))")
                try expectFrames(router.ask("take s"), Hex.frames("twin", "hello"))
                try router.ask("put s \(Hex.frames("twin", "reply"))")
                try expectFrames(dealers.ask("take second"), Hex.frames("reply"))
                let first = try dealers.attempt("take first timeout=100")
                try expect(!first.isOK, "the old connection still gets: \(first.line)")
            }
        }
    }

    /// Without handover the first one keeps the id.
    private static let duplicate: [Row] = pairs.map { pair in
        Row("router", pair, "duplicate id") { stage throws(Failure) in
            try withTwins(stage, "mandatory=1") { router, dealers throws(Failure) in
                // Refused or ignored: either is right, being routed to is not.
                _ = try dealers.attempt("put second \(Hex.text("newcomer")) timeout=200")
                try router.ask("put s \(Hex.frames("twin", "body"))")
                try expectFrames(dealers.ask("take first"), Hex.frames("body"))
                let second = try dealers.attempt("take second timeout=100")
                try expect(!second.isOK, "the newcomer got: \(second.line)")
                let heard = try router.attempt("take s timeout=100")
                try expect(!heard.isOK, "the newcomer was heard: \(heard.line)")
            }
        }
    }

    /// Two DEALERs with one routing id; the first is established before the second comes.
    private static func withTwins(
        _ stage: Stage, _ options: String,
        _ body: (_ router: PeerProcess, _ dealers: PeerProcess) throws(Failure) -> Void
    ) throws(Failure) {
        let side = stage.pair.side(of: .router)
        let router = try stage[side]
        let dealers = try stage[side.other]
        try stage.open(side, "s", options)
        for name in ["first", "second"] {
            // A connection that was taken over must not take back.
            try stage.open(side.other, name, "id=twin ivl=-1")
            try stage.joinMany("s", of: side, with: name)
            if name == "first" {
                try dealers.ask("put first \(Hex.text("first"))")
                try expectFrames(router.ask("take s"), Hex.frames("twin", "first"))
            }
        }
        try body(router, dealers)
    }

    private static let probePairs: [TypePair] =
        TypePair.both(.router, .dealer) + TypePair.both(.router, .req)
        + TypePair.both(.router, .router)

    /// One empty message for each connection, from the side that has the option.
    private static let probe: [Row] = probePairs.flatMap { pair in
        [Side.ours, .theirs].compactMap { prober -> Row? in
            // An empty message tells a REQ nothing: only what faces a ROUTER probes it.
            guard pair.type(of: prober.other) == .router else {
                return pair.type(of: prober.other) == .dealer ? row(pair, prober) : nil
            }
            return row(pair, prober)
        }
    }

    private static func row(_ pair: TypePair, _ prober: Side) -> Row {
        Row("router", pair, prober == .ours ? "we probe" : "they probe") { stage throws(Failure) in
            try stage.open(prober, "s", stage.identity(prober) + "probe=1")
            try stage.open(prober.other, "s", stage.identity(prober.other))
            try stage.join()
            let probed = try stage[prober.other]
            let isRouter = pair.type(of: prober.other) == .router
            try expectFrames(probed.ask("take s"), isRouter ? stage.identityHex(prober) + "," : "")
            let again = try probed.attempt("take s timeout=60")
            try expect(!again.isOK, "a second probe came: \(again.line)")
        }
    }

    /// A peer without an id is given one that begins with a zero byte.
    private static let anonymous: [Row] =
        (TypePair.both(.router, .dealer) + TypePair.both(.router, .req)).map { pair in
            Row("router", pair, "generated id") { stage throws(Failure) in
                let side = pair.side(of: .router)
                try stage.open(side, "s", "")
                try stage.open(side.other, "s", "")
                try stage.join()
                try stage[side.other].ask("put s \(Hex.text("body"))")
                let frames = try stage[side].ask("take s").frames
                let id = frames.first ?? ""
                try expect(id.hasPrefix("00") && id.count == 10, "the generated id is \(id)")
                let rest = pair.contains(.req) ? ["", Hex.text("body")] : [Hex.text("body")]
                try expect(Array(frames.dropFirst()) == rest, "behind the id came \(frames)")
                try stage[side].ask("put s \(frames.joined(separator: ","))")
                try expectFrames(stage[side.other].ask("take s"), Hex.text("body"))
            }
        }
}

/// The frames of a `take` must be exactly these.
func expectFrames(_ reply: PeerReply, _ frames: String) throws(Failure) {
    try expect(reply["frames"] == frames, "the frames are \(reply.line), not \(frames)")
}
