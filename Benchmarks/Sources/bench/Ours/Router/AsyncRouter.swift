import ZeroMQ

/// The same through the async calls, in two tasks.
enum AsyncRouter {
    static func run(_ round: Round) throws -> Measurement {
        try waiting {
            let link = try dialogue(round)
            let dealers = link.peers
            let measurement = await Result {
                try await link.inTasks(
                    near: { router in
                        for _ in 0..<round.margin + round.count {
                            try await router.send(router.receive())
                        }
                    },
                    far: { _ in
                        let payload = Payload(size: round.size)
                        try await ask(round.margin, payload, dealers)
                        let clock = Stopwatch()
                        try await ask(round.count, payload, dealers)
                        return Measurement(count: round.count, seconds: clock.seconds)
                    }
                ).far
            }
            await link.close()
            return try measurement.get()
        }
    }

    private static func ask(
        _ count: Int, _ payload: Payload, _ dealers: [DealerSocket]
    ) async throws {
        for _ in 0..<count / dealers.count {
            for dealer in dealers { try await dealer.send(payload.bytes) }
            for dealer in dealers {
                try Payload.check(await dealer.receive(), size: payload.bytes.count)
            }
        }
    }
}
