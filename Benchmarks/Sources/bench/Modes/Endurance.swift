import ZeroMQ

/// Very many numbered messages of 32 bytes over each transport: every one has to come, once, whole
/// and in order.
enum Endurance {
    private static let apis: [(name: String, run: @Sendable (Round) throws -> Tally)] = [
        ("blocking", blocking), ("async", async),
    ]

    static func run(_ count: Int) throws {
        var table = TextTable([
            ("transport", .left), ("api", .left), ("received", .right), ("wrong", .right),
            ("seconds", .right), ("M msg/s", .right),
        ])
        var isGood = true
        for transport in Transport.allCases {
            for (api, run) in apis {
                let round = Round(Load(transport), count: count)
                let watch = Stopwatch()
                let tally = try run(round)
                let seconds = watch.seconds
                isGood = isGood && tally.wrong == 0 && tally.received == count
                table.add([
                    transport.rawValue, api, String(tally.received), String(tally.wrong),
                    NumberText.fixed(seconds, decimals: 1),
                    NumberText.fixed(Double(count) / seconds / 1e6, decimals: 1),
                ])
                Terminal.write("\(transport.rawValue) \(api): \(tally.received) received\n")
            }
        }
        print(table.text)
        guard isGood else { throw BenchmarkError("messages were lost, doubled, torn or reordered") }
    }

    private static func blocking(_ round: Round) throws -> Tally {
        let link = try pipeline(round)
        defer { link.closeBlocking() }
        let (near, far) = (link.near, link.far)
        let count = round.count
        let receiver = try WorkerThread {
            var tally = Tally()
            while tally.received < count { tally.take(try near.receiveBlocking()) }
            tally.checkEnd(of: near)
            return tally
        }
        let sender = try WorkerThread {
            for number in 0..<count { try far.sendBlocking(Tally.message(number)) }
        }
        try sender.join()
        return try receiver.join()
    }

    private static func async(_ round: Round) throws -> Tally {
        let link = try pipeline(round)
        defer { link.closeBlocking() }
        let (near, far) = (link.near, link.far)
        let count = round.count
        var tally = try waiting {
            async let sending: Void = {
                for number in 0..<count { try await far.send(Tally.message(number)) }
            }()
            var tally = Tally()
            while tally.received < count { tally.take(try await near.receive()) }
            try await sending
            return tally
        }
        tally.checkEnd(of: near)
        return tally
    }
}
