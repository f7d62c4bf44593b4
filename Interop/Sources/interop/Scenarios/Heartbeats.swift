import Foundation

/// PING and PONG at a short interval on quiet connections, and on frozen ones.
enum Heartbeats {
    static let rows: [Row] = quiet + delayed + frozen

    // Time-outs that a busy machine does not reach by itself.
    private static let on = "hb=20 hbto=1000 hbttl=1000 "

    /// Many cycles without traffic break no connection, whoever asks for them.
    private static let quiet: [Row] = TypePair.all.flatMap { pair in
        ["both", "ours", "theirs"].map { who in
            let skip = who == "both" ? Skip.tcpQuick : Skip.leanQuick
            return Row("heartbeats", pair, who, skip: skip) { stage throws(Failure) in
                for attempt in 1...3 {
                    try open(stage, who)
                    try stage.carryAll("count=5 first=0")
                    // Longer than the time-out of a second; the rows of one side are many.
                    let pause = Wait.rest(stage.isQuick || who != "both" ? 1.3 : 1.8)
                    let lost = try lostConnections(stage)
                    if lost != nil, pause > 0.3, attempt < 3 {
                        // The machine itself stood still: that proves nothing.
                        try stage.closeAll()
                        continue
                    }
                    if let lost { throw Failure(lost) }
                    return try stage.carryAll("count=5 first=5")
                }
            }
        }
    }

    private static func lostConnections(_ stage: Stage) throws(Failure) -> String? {
        for side in [Side.ours, .theirs] {
            let lost = try stage.counter(side, "disconnections")
            if lost > 0 { return "\(side.rawValue) lost \(lost) quiet connections" }
        }
        return nil
    }

    /// PINGs between a request and its reply disturb neither side's state.
    private static let delayed: [Row] = TypePair.all.filter { pair in
        Flow.all(pair).contains { $0.kind == .request }
    }.map { pair in
        Row("heartbeats", pair, "slow reply", skip: Skip.leanQuick) { stage throws(Failure) in
            try open(stage, "both")
            for flow in Flow.all(pair) where flow.kind == .request {
                try stage.carry(flow, "count=2 first=0 delay=1200")
            }
        }
    }

    private static let frozenPairs: [TypePair] =
        TypePair.both(.push, .pull) + TypePair.both(.dealer, .router) + TypePair.both(.pub, .sub)

    /// A peer that stops without closing is noticed; it is met again when it goes on.
    private static let frozen: [Row] = frozenPairs.flatMap { pair in
        [Side.theirs, .ours].map { victim in
            let variant = victim == .theirs ? "they freeze" : "we freeze"
            return Row("heartbeats", pair, variant, skip: Skip.leanQuick) {
                stage throws(Failure) in
                try open(stage, "both")
                try stage.carryAll("count=5 first=0")
                try freeze(stage, victim)
            }
        }
    }

    private static func freeze(_ stage: Stage, _ victim: Side) throws(Failure) {
        let survivor = victim.other
        let before = try stage.counter(survivor, "connections")
        let process = try stage[victim]
        process.signal(SIGSTOP)
        try stage.await(survivor, "disconnections", atLeast: 1)
        process.signal(SIGCONT)
        try stage.await(survivor, "connections", atLeast: before + 1)
        try stage.await(victim, "connections", atLeast: 2)
        if stage.pair.contains(.pub) { try stage.awaitBeacon() }
        try stage.carryAll("count=5 first=5")
    }

    private static func open(_ stage: Stage, _ who: String) throws(Failure) {
        // A peer may come back before its former connection is known to be dead.
        let common = { (side: Side) in
            stage.pair.type(of: side) == .router ? "ivl=50 handover=1 " : "ivl=50 "
        }
        try stage.openBoth(
            ours: stage.flowOptions(.ours) + common(.ours) + (who == "theirs" ? "" : on),
            theirs: stage.flowOptions(.theirs) + common(.theirs) + (who == "ours" ? "" : on))
        try stage.subscribeIfNeeded()
    }
}
