/// kill -9 of one side and a new process in its place; the other side goes on as if nothing was.
enum Restart {
    static let rows: [Row] = TypePair.all.flatMap { pair in
        [Side.theirs, .ours].map { victim in
            Row("restart", pair, victim == .theirs ? "they die" : "we die", skip: Skip.leanQuick) {
                stage throws(Failure) in
                try run(stage, victim: victim)
            }
        }
    }

    private static func run(_ stage: Stage, victim: Side) throws(Failure) {
        let survivor = victim.other
        for side in [survivor, victim] {
            try stage.open(side, "s", options(stage, side))
        }
        let endpoint = try stage.bind(to: stage.reservedEndpoint())
        try stage[stage.connecter].ask("connect s \(endpoint)")
        try stage.subscribeIfNeeded()
        try stage.carryAll("count=20 first=0")
        let connections = try stage.counter(survivor, "connections")

        try stage.restart(victim)
        try stage.await(survivor, "disconnections", atLeast: 1)
        let queued = try sendWhileAlone(stage, survivor)
        try stage.open(victim, "s", options(stage, victim))
        try stage[victim].ask(
            victim == stage.binder ? "bind s \(endpoint)" : "connect s \(endpoint)")
        try stage.await(survivor, "connections", atLeast: connections + 1)
        if queued {
            try stage[victim].ask("recv s count=50 first=1000\(receiverWords(stage, victim))")
        }
        try resubscribe(stage, victim)
        try stage.carryAll("count=20 first=2000")
    }

    private static func options(_ stage: Stage, _ side: Side) -> String {
        stage.identity(side) + stage.flowOptions(side) + "ivl=50 "
    }

    /// A connecting socket's queue outlives its connection: what is sent now arrives later.
    private static func sendWhileAlone(_ stage: Stage, _ survivor: Side) throws(Failure) -> Bool {
        let type = stage.pair.type(of: survivor)
        let keeps =
            type == .push || type == .pair
            || (type == .dealer && stage.pair.type(of: survivor.other) != .rep)
        guard keeps, survivor == stage.connecter else { return false }
        try stage[survivor].ask("send s count=50 first=1000 idle=1000")
        return true
    }

    private static func receiverWords(_ stage: Stage, _ side: Side) -> String {
        stage.pair.type(of: side) == .router ? " envelope=1" : ""
    }

    /// A subscriber that lived through it has its subscriptions restored by itself.
    private static func resubscribe(_ stage: Stage, _ victim: Side) throws(Failure) {
        if stage.pair.type(of: victim).subscribes {
            try stage.subscribeIfNeeded()
        } else if stage.pair.type(of: victim).publishes {
            try stage.awaitBeacon()
        }
    }
}
