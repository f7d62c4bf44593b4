/// What an XPUB tells its application when several subscribers share a topic.
enum XPublisherOptions {
    private static let pairs = TypePair.both(.xpub, .sub) + TypePair.both(.xpub, .xsub)

    static let rows: [Row] = pairs.flatMap { pair in
        [row(pair, ""), row(pair, "verbose"), row(pair, "verboser")]
    }

    private static func row(_ pair: TypePair, _ mode: String) -> Row {
        Row("xpub", pair, mode.isEmpty ? "terse" : mode) { stage throws(Failure) in
            let publisher = try stage[stage.publisher]
            let subscriber = try stage[stage.subscriber]
            try stage.open(stage.publisher, "s", mode.isEmpty ? "" : "\(mode)=1")
            for name in ["first", "second"] {
                try stage.open(stage.subscriber, name, "")
                try stage.joinMany("s", of: stage.publisher, with: name)
            }
            let topic = Hex.text("topic")
            try subscriber.ask("sub first topic")
            try expectFrames(publisher.ask("take s"), "01" + topic)
            try subscriber.ask("sub second topic")
            try expectNext(publisher, "01" + topic, comes: !mode.isEmpty)
            try subscriber.ask("unsub first topic")
            try expectNext(publisher, "00" + topic, comes: mode == "verboser")
            try subscriber.ask("unsub second topic")
            try expectFrames(publisher.ask("take s"), "00" + topic)
        }
    }

    private static func expectNext(_ publisher: PeerProcess, _ frames: String, comes: Bool)
        throws(Failure)
    {
        if comes {
            try expectFrames(publisher.ask("take s"), frames)
        } else {
            let reply = try publisher.attempt("take s timeout=60")
            try expect(!reply.isOK, "it was told: \(reply.line)")
        }
    }
}
