import ZeroMQ

/// The same through the async calls, in two tasks.
enum AsyncRouter {
    static func run(_ round: Round) throws -> Measurement {
        try waiting {
            let link = try dialogue(round)
            let (dealers, endpoint) = (link.peers[...], link.endpoint)
            let measurement = await Result {
                try await link.inTasks(
                    near: { router in
                        for _ in 0..<dealers.count + round.margin + round.count {
                            try await router.send(router.receive())
                        }
                    },
                    far: { _ in
                        let payload = Payload(size: round.size)
                        try await connect(dealers, endpoint, payload)
                        for _ in 0..<round.margin / dealers.count {
                            try await ask(dealers, payload)
                        }
                        let clock = Stopwatch()
                        for _ in 0..<round.count / dealers.count {
                            try await ask(dealers, payload)
                        }
                        return Measurement(requests: round.count, since: clock)
                    }
                ).far
            }
            await link.close()
            return try measurement.get()
        }
    }

    private static func connect(
        _ dealers: ArraySlice<DealerSocket>, _ endpoint: String, _ payload: Payload
    ) async throws {
        var rest = dealers
        while !rest.isEmpty {
            let some = rest.prefix(BlockingRouter.aFew)
            for dealer in some { try dealer.connect(endpoint) }
            try await ask(some, payload)
            rest = rest.dropFirst(BlockingRouter.aFew)
        }
    }

    private static func ask(
        _ dealers: ArraySlice<DealerSocket>, _ payload: Payload
    ) async throws {
        for dealer in dealers { try await dealer.send(payload.bytes) }
        for dealer in dealers {
            try Payload.check(await dealer.receive(), size: payload.bytes.count)
        }
    }
}
