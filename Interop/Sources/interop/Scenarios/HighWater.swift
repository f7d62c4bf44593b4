/// Senders that are faster than their receivers.
enum HighWater {
    static let rows: [Row] = blocking + dropping + mandatory

    private static let limits = "sndhwm=50 rcvhwm=50 sndbuf=65536 rcvbuf=65536 "

    private static let blockingPairs: [TypePair] =
        TypePair.both(.push, .pull) + TypePair.both(.dealer, .router)
        + TypePair.both(.dealer, .rep) + TypePair.both(.dealer, .dealer)
        + TypePair.both(.pair, .pair)

    /// A full queue makes the sender wait; everything it accepted arrives, and it goes on after.
    private static let blocking: [Row] = blockingPairs.flatMap { pair in
        senders(pair, where: { $0 == .push || $0 == .dealer || $0 == .pair }).map { sender in
            Row("high-water mark", pair, "\(name(sender)) block") { stage throws(Failure) in
                try stage.openBoth(limits)
                try fill(stage, sender, "")
            }
        }
    }

    /// With ROUTER_MANDATORY a full queue is an error or a wait, not a drop.
    private static let mandatory: [Row] = TypePair.both(.router, .dealer).map { pair in
        let sender = pair.side(of: .router)
        return Row("high-water mark", pair, "mandatory waits") { stage throws(Failure) in
            let words = " to=\(stage.identityHex(sender.other)) retry=1"
            try stage.openBoth(
                ours: limits + stage.flowOptions(.ours),
                theirs: limits + stage.flowOptions(.theirs))
            try fill(stage, sender, words)
        }
    }

    private static func fill(_ stage: Stage, _ sender: Side, _ words: String) throws(Failure) {
        let size = "size=16384"
        let receiving = receivingWords(stage, sender.other)
        let full = try stage[sender].attempt("send s count=5000 \(size) first=0 idle=500\(words)")
        try expect(full.error == "EAGAIN", "the sender never had to wait: \(full.line)")
        let sent = try full.number("sent")
        try expect(sent >= 50, "it had to wait after \(sent) messages, below its mark of 50")
        try expect(sent < 2000, "\(sent) messages went into queues of 50 and 50")
        try stage[sender.other].ask(
            "recv s count=\(sent) \(size) first=0 extra=50\(receiving)")
        try stage[sender].begin("send s count=500 \(size) first=\(sent)\(words)")
        try stage[sender.other].begin("recv s count=500 \(size) first=\(sent)\(receiving)")
        try stage[sender].finish()
        try stage[sender.other].finish()
    }

    private static let droppingPairs: [TypePair] =
        TypePair.both(.pub, .sub) + TypePair.both(.xpub, .xsub) + TypePair.both(.router, .dealer)

    /// PUB, XPUB and plain ROUTER never wait: whole messages are lost, the rest stays in order.
    private static let dropping: [Row] = droppingPairs.map { pair in
        let sender: Side = pair.ours.publishes || pair.ours == .router ? .ours : .theirs
        return Row("high-water mark", pair, "\(name(sender)) drop") { stage throws(Failure) in
            let isRouter = pair.type(of: sender) == .router
            try stage.openBoth(limits)
            if isRouter {
                try greet(stage, sender)
            } else {
                try stage.subscribeIfNeeded()
            }
            let words = isRouter ? " to=\(stage.identityHex(sender.other))" : " keys=a"
            try flood(stage, sender, words, isRouter ? "" : " keys=a")
        }
    }

    private static func flood(
        _ stage: Stage, _ sender: Side, _ words: String, _ receiving: String
    ) throws(Failure) {
        let shape = "size=16384,100 frames=1,2"
        let count = 4000
        let before = try stage[sender].ask("stats s")
        try stage[sender].ask("send s count=\(count) \(shape) first=0\(words)")
        let came = try stage[sender.other].ask(
            "recv s count=all \(shape) first=0 gaps=1 idle=400\(receiving)")
        let got = try came.number("got")
        // libzmq refills in lumps of half a queue.
        let least = try stage[sender].kind == .swift ? 50 : 25
        try expect(got >= least, "only \(got) of \(count) messages came; the mark is 50")
        try expect(got < count, "all \(count) messages came: nothing was full")
        let after = try stage[sender].ask("stats s")
        if after["dropped"] != nil {
            let dropped = try after.number("dropped") - before.number("dropped")
            try expect(
                dropped == count - got,
                "\(dropped) drops counted, \(count - got) messages missing")
        }
        try stage[sender].ask("send s count=10 \(shape) first=10000\(words)")
        try stage[sender.other].ask("recv s count=10 \(shape) first=10000\(receiving)")
    }

    /// A ROUTER without the mandatory option has to hear from its peer before it can route.
    private static func greet(_ stage: Stage, _ router: Side) throws(Failure) {
        try stage[router.other].ask("put s \(Hex.text("hi"))")
        try stage[router].ask("take s")
    }

    private static func receivingWords(_ stage: Stage, _ side: Side) -> String {
        switch stage.pair.type(of: side) {
        case .router: " envelope=1"
        default: ""
        }
    }

    private static func senders(
        _ pair: TypePair, where sends: (SocketType) -> Bool
    ) -> [Side] {
        [Side.ours, .theirs].filter { side in
            // REP shows its application no message that lacks an envelope.
            sends(pair.type(of: side)) && pair.type(of: side.other) != .rep
        }
    }

    private static func name(_ side: Side) -> String { side == .ours ? "we" : "they" }
}
