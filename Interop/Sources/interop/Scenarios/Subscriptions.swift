import Foundation

/// Subscriptions that come and go while messages flow.
enum Subscriptions {
    private static let pairs = TypePair.all.filter { $0.ours.publishes || $0.ours.subscribes }

    static let rows: [Row] = changing + counted + upstream

    /// Topic b stays, and loses nothing, while a, c and d come and go.
    private static let changing: [Row] = pairs.map { pair in
        Row("subscriptions", pair, "under traffic") { stage throws(Failure) in
            try stage.openBoth("sndhwm=0 rcvhwm=0")
            try stage.subscribe(to: ["b"])
            let publisher = try stage[stage.publisher]
            let subscriber = try stage[stage.subscriber]
            try publisher.begin("pump s keys=a,b,c,d size=40 pace=100 timeout=20000")
            let seen = try change(subscriber)
            try publisher.begin("halt")
            let sent = try publisher.finish().number("sent")
            try publisher.finish()
            try judgeEnd(subscriber, lastSeen: seen, lastSent: (sent - 2) / 4)
        }
    }

    private static let shape = "keys=a,b,c,d size=40 gaps=1"

    /// Returns the number of the last message of topic b.
    private static func change(_ subscriber: PeerProcess) throws(Failure) -> Int {
        var untouched = Untouched()
        try untouched.judge(subscriber.ask("recv s count=200 \(shape)"))
        try subscriber.ask("sub s a")
        try untouched.receive(subscriber, until: "a", comes: true)
        try subscriber.ask("unsub s a")
        for _ in 0..<25 {
            try subscriber.ask("sub s c")
            try subscriber.ask("unsub s c")
        }
        try untouched.receive(subscriber, until: "a", comes: false)
        try subscriber.ask("sub s d")
        try subscriber.ask("sub s d")
        try subscriber.ask("unsub s d")
        try untouched.receive(subscriber, until: "d", comes: true)
        try subscriber.ask("unsub s d")
        try untouched.receive(subscriber, until: "d", comes: false)
        return untouched.last ?? -1
    }

    /// Topic b from batch to batch.
    private struct Untouched {
        var last: Int?

        mutating func judge(_ batch: PeerReply) throws(Failure) {
            let first = try batch.number("first.b")
            try expect(
                batch.number("lost.b") == 0 && (last == nil || first == last.map { $0 + 1 }),
                "topic b lost messages after number \(last ?? -1): \(batch.line)")
            last = try batch.number("last.b")
        }

        /// Receives batches until a topic comes, or until a whole batch comes without it.
        mutating func receive(_ subscriber: PeerProcess, until topic: String, comes: Bool)
            throws(Failure)
        {
            for _ in 0..<100 {
                let batch = try subscriber.ask("recv s count=100 \(shape)")
                try judge(batch)
                if try (batch.number("got.\(topic)") > 0) == comes { return }
            }
            throw Failure("topic \(topic) \(comes ? "never came" : "never stopped")")
        }
    }

    /// What was sent last on topic b has to come in.
    private static func judgeEnd(_ subscriber: PeerProcess, lastSeen: Int, lastSent: Int)
        throws(Failure)
    {
        let rest = try subscriber.ask("recv s count=all idle=300 \(shape)")
        let last = try max(lastSeen, rest.number("last.b"))
        try expect(
            last == lastSent,
            "the last message of topic b is \(last), not \(lastSent): \(rest.line)")
        try expect(rest.number("got.a") + rest.number("got.d") == 0, "a or d again: \(rest.line)")
    }

    /// Two subscriptions need two cancellations; an XPUB hears of the first and last alone.
    private static let counted: [Row] = pairs.filter { $0.contains(.xpub) }.map { pair in
        Row("subscriptions", pair, "as XPUB sees them") { stage throws(Failure) in
            try stage.openBoth()
            let publisher = try stage[stage.publisher]
            let subscriber = try stage[stage.subscriber]
            try subscriber.ask("sub s topic")
            try take(publisher, "01" + Hex.text("topic"))
            try subscriber.ask("sub s topic")
            try subscriber.ask("unsub s topic")
            try subscriber.ask("sub s other")
            try take(publisher, "01" + Hex.text("other"))
            try subscriber.ask("unsub s topic")
            try take(publisher, "00" + Hex.text("topic"))
            // libzmq keeps the subscriptions of a peer it connected to, as it keeps the queue.
            guard stage.binder == stage.publisher || publisher.kind == .swift else { return }
            try stage.close(stage.subscriber)
            try take(publisher, "00" + Hex.text("other"))
        }
    }

    /// An XSUB's own messages reach the XPUB's application.
    private static let upstream: [Row] = TypePair.both(.xpub, .xsub).map { pair in
        Row("subscriptions", pair, "upstream") { stage throws(Failure) in
            try stage.openBoth()
            let subscriber = try stage[stage.subscriber]
            try subscriber.ask("sub s topic")
            try take(stage[stage.publisher], "01" + Hex.text("topic"))
            try subscriber.ask("put s \(Hex.text("upstream"))")
            try take(stage[stage.publisher], Hex.text("upstream"))
        }
    }

    private static func take(_ publisher: PeerProcess, _ frame: String) throws(Failure) {
        let reply = try publisher.ask("take s")
        try expect(
            reply["frames"] == frame,
            "\(publisher.role) took \(reply["frames"] ?? "nothing"), not \(frame)")
    }
}
