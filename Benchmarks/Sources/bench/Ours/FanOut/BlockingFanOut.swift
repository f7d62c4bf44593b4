import ZeroMQ

/// A publisher and its subscribers through the blocking calls, a thread for each socket.
enum BlockingFanOut {
    static func run(_ round: Round) throws -> Measurement {
        let link = try broadcast(round)
        defer { link.closeBlocking() }
        let gate = try BlockingGate(count: round.load.peers)
        let seconds = try link.onThreads(
            near: { try publish(round, $0, gate) },
            each: { socket, index in
                do { try receive(round, socket, index, gate) } catch {
                    gate.end()
                    throw error
                }
            }
        ).near
        return round.load.measurement(published: round.count, seconds: seconds)
    }

    private static func publish(
        _ round: Round, _ socket: PublisherSocket, _ gate: BlockingGate
    ) throws -> Double {
        let payload = Payload(size: round.size)
        payload.mark(asGreeting: true)
        while !gate.isReady {
            try socket.sendBlocking(payload.bytes)
            pause(milliseconds: 1)
        }
        payload.mark(asGreeting: false)
        try publish(0..<round.margin, round.load, payload, socket, gate)
        let clock = Stopwatch()
        try publish(round.margin..<round.margin + round.count, round.load, payload, socket, gate)
        return clock.seconds
    }

    private static func publish(
        _ messages: Range<Int>, _ load: Load, _ payload: Payload, _ socket: PublisherSocket,
        _ gate: BlockingGate
    ) throws {
        let (stride, topics) = (load.window / 8, load.topics)
        for number in messages {
            if load.oneIn > 1 { payload.write(topicOf: number, topics) }
            try socket.sendBlocking(payload.bytes)
            if number % stride == 0, number > load.window {
                try gate.wait(for: number - load.window)
            }
        }
        try gate.wait(for: messages.upperBound)
    }

    private static func receive(
        _ round: Round, _ socket: SubscriberSocket, _ index: Int, _ gate: BlockingGate
    ) throws {
        try Subscription.open(socket, index, round.load)
        var subscription = Subscription(round)
        while !subscription.isComplete {
            switch try subscription.take(socket.receiveBlocking()) {
            case .nothing: break
            case .greeted: gate.ready()
            case .report(let progress): gate.report(index, progress)
            }
        }
    }
}
