import ZeroMQ

/// A publisher and subscribers that want different things: PUB and SUB.
struct FeedScene: Scene {
    let name = "feed"
    let unit = "messages delivered"
    let title = "A feed and its subscribers (PUB, SUB)"
    let story = [
        "The station publishes news; each subscriber gets what begins with its prefix.",
        "Filtering happens at the publisher: what nobody wants is never sent.",
    ]

    /// Subscribers by name, with the prefix that each wants.
    private static let subscribers = [
        ("farmer", "weather."), ("fan", "sport."), ("archive", ""),
    ]
    private static let news = [
        ("weather.rain", "8 mm"), ("sport.chess", "1/2 - 1/2"), ("traffic.a8", "free"),
        ("weather.wind", "5 m/s"),
    ]
    /// Everyone subscribes to this; it ends a round.
    private static let mark = "mark"
    /// Messages in a round, fewer than the high-water mark, so that none is dropped.
    private static let round = 20_000

    func play(on stage: Stage) async throws -> Double {
        var options = SocketOptions()
        options.sendHighWaterMark = 2 * Self.round
        options.receiveHighWaterMark = 2 * Self.round
        let station = try PublisherSocket(stage.context, options: options)
        let endpoint = try station.bind(stage.endpoint("station"))
        stage.tell("station", "publishes at \(endpoint)")

        let sockets = try Self.subscribers.map { _ in
            try SubscriberSocket(stage.context, options: options)
        }
        return try await stage.with([station]) {
            try await stage.with(sockets) {
                for (socket, (name, prefix)) in zip(sockets, Self.subscribers) {
                    try socket.subscribe(prefix)
                    try socket.subscribe(Self.mark)
                    try socket.connect(endpoint)
                    stage.tell(name, prefix.isEmpty ? "wants everything" : "wants \(prefix)*")
                }
                try await station.waitForSubscribers(sockets.count, timeout: .seconds(2))
                try await broadcast(station, sockets, stage)
                return try await rate { try await publishRound(station, sockets) }
            }
        }
    }

    private func broadcast(
        _ station: PublisherSocket, _ sockets: [SubscriberSocket], _ stage: Stage
    ) async throws {
        for (topic, text) in Self.news {
            stage.tell("station", "\(topic): \(text)")
            try await station.send(Message([Frame(topic), Frame(text)]))
        }
        try await station.send(Message(Self.mark))
        for (socket, (name, _)) in zip(sockets, Self.subscribers) {
            var got: [String] = []
            while let topic = try await socket.receive().string, topic != Self.mark {
                got.append(topic)
            }
            stage.tell(name, "got \(got.joined(separator: ", "))")
        }
    }

    /// Publishes a round while all subscribers read it; returns what was delivered.
    private func publishRound(
        _ station: PublisherSocket, _ sockets: [SubscriberSocket]
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for socket in sockets {
                group.addTask { try await countUntilMark(socket) }
            }
            let bodies: [Message] = ["weather.rain: 8 mm of it, more to come", "sport.chess: draw"]
            for index in 0..<Self.round { try await station.send(bodies[index % 2]) }
            try await station.send(Message(Self.mark))
            return try await group.reduce(0, +)
        }
    }

    private func countUntilMark(_ socket: SubscriberSocket) async throws -> Int {
        let mark = Frame(Self.mark)
        var count = 0
        while try await socket.receive().first != mark { count += 1 }
        return count
    }
}
