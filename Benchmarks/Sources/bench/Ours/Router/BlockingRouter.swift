import ZeroMQ

/// A router that answers many dealers through the blocking calls: one thread for it and one for all
/// of them, each dealer with one request under way.
enum BlockingRouter {
    /// Dealers that connect at a time: how a rush is borne is another question.
    static let aFew = 200

    static func run(_ round: Round) throws -> Measurement {
        let link = try dialogue(round)
        defer { link.closeBlocking() }
        let (dealers, endpoint) = (link.peers[...], link.endpoint)
        return try link.onThreads(
            near: { router in
                for _ in 0..<dealers.count + round.margin + round.count {
                    try router.sendBlocking(router.receiveBlocking())
                }
            },
            far: { _ in
                let payload = Payload(size: round.size)
                try connect(dealers, endpoint, payload)
                for _ in 0..<round.margin / dealers.count { try ask(dealers, payload) }
                let clock = Stopwatch()
                for _ in 0..<round.count / dealers.count { try ask(dealers, payload) }
                return Measurement(requests: round.count, since: clock)
            }
        ).far
    }

    private static func connect(
        _ dealers: ArraySlice<DealerSocket>, _ endpoint: String, _ payload: Payload
    ) throws {
        var rest = dealers
        while !rest.isEmpty {
            let some = rest.prefix(aFew)
            for dealer in some { try dealer.connect(endpoint) }
            try ask(some, payload)
            rest = rest.dropFirst(aFew)
        }
    }

    /// One request of each.
    private static func ask(_ dealers: ArraySlice<DealerSocket>, _ payload: Payload) throws {
        for dealer in dealers { try dealer.sendBlocking(payload.bytes) }
        for dealer in dealers {
            try Payload.check(dealer.receiveBlocking(), size: payload.bytes.count)
        }
    }
}
