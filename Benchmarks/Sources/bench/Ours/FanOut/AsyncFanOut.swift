import ZeroMQ

/// A publisher and its subscribers through the async calls, a task for each socket.
enum AsyncFanOut {
    static func run(_ round: Round) throws -> Measurement {
        let gate = AsyncGate(count: round.load.peers)
        return try waiting {
            let link = try broadcast(round)
            let seconds = await Result {
                try await link.inTasks(
                    near: { try await publish(round, $0, gate) },
                    each: { socket, index in
                        do { try await receive(round, socket, index, gate) } catch {
                            gate.end()
                            throw error
                        }
                    }
                ).near
            }
            await link.close()
            return round.load.measurement(published: round.count, seconds: try seconds.get())
        }
    }

    private static func publish(
        _ round: Round, _ socket: PublisherSocket, _ gate: AsyncGate
    ) async throws -> Double {
        let payload = Payload(size: round.size)
        payload.mark(asGreeting: true)
        while !gate.isReady {
            try await socket.send(payload.bytes)
            try await Task.sleep(for: .milliseconds(1))
        }
        payload.mark(asGreeting: false)
        try await publish(0..<round.margin, round.load, payload, socket, gate)
        let clock = Stopwatch()
        let timed = round.margin..<round.margin + round.count
        try await publish(timed, round.load, payload, socket, gate)
        return clock.seconds
    }

    private static func publish(
        _ messages: Range<Int>, _ load: Load, _ payload: Payload, _ socket: PublisherSocket,
        _ gate: AsyncGate
    ) async throws {
        let (stride, topics) = (load.window / 8, load.topics)
        for number in messages {
            if load.oneIn > 1 { payload.write(topicOf: number, topics) }
            try await socket.send(payload.bytes)
            if number % stride == 0, number > load.window {
                try await gate.wait(for: number - load.window)
            }
        }
        try await gate.wait(for: messages.upperBound)
    }

    private static func receive(
        _ round: Round, _ socket: SubscriberSocket, _ index: Int, _ gate: AsyncGate
    ) async throws {
        try Subscription.open(socket, index, round.load)
        var subscription = Subscription(round)
        while !subscription.isComplete {
            switch try subscription.take(await socket.receive()) {
            case .nothing: break
            case .greeted: gate.ready()
            case .report(let progress): gate.report(index, progress)
            }
        }
    }
}
