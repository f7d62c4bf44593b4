import ZeroMQ

/// A router that answers many dealers through the blocking calls: one thread for it and one for all
/// of them, each dealer with one request under way.
enum BlockingRouter {
    static func run(_ round: Round) throws -> Measurement {
        let link = try dialogue(round)
        defer { link.closeBlocking() }
        let dealers = link.peers
        return try link.onThreads(
            near: { router in
                for _ in 0..<round.margin + round.count {
                    try router.sendBlocking(router.receiveBlocking())
                }
            },
            far: { _ in
                let payload = Payload(size: round.size)
                try ask(round.margin, payload, dealers)
                let clock = Stopwatch()
                try ask(round.count, payload, dealers)
                return Measurement(count: round.count, seconds: clock.seconds)
            }
        ).far
    }

    private static func ask(_ count: Int, _ payload: Payload, _ dealers: [DealerSocket]) throws {
        for _ in 0..<count / dealers.count {
            for dealer in dealers { try dealer.sendBlocking(payload.bytes) }
            for dealer in dealers {
                try Payload.check(dealer.receiveBlocking(), size: payload.bytes.count)
            }
        }
    }
}
