import CBenchSupport
import ZeroMQ

/// What a subscriber does with what comes: the same for threads and tasks.
struct Subscription {
    /// What to do after a message.
    enum Step { case nothing, greeted, report(Int) }

    private let oneIn: Int
    private let margin: Int
    private let stride: Int
    private let size: Int
    let expected: Int
    private(set) var got = 0
    private var isGreeted = false

    init(_ round: Round) {
        oneIn = round.load.oneIn
        margin = round.margin / oneIn
        expected = (round.margin + round.count) / oneIn
        stride = max(1, round.load.window / 8 / oneIn)
        size = round.size
    }

    var isComplete: Bool { got == expected }

    @inline(__always)
    mutating func take(_ message: Message) throws -> Step {
        let (first, count) = message.withUnsafeBytes { ($0[0], $0.count) }
        if first == 0 {
            defer { isGreeted = true }
            return isGreeted ? .nothing : .greeted
        }
        guard count == size else { throw BenchmarkError("a message came back changed") }
        got += 1
        let isDue = got % stride == 0 || got == margin || got == expected
        return isDue ? .report(got * oneIn) : .nothing
    }

    /// Subscribes as subscriber `index`; the greeting comes last, so that who hears it has
    /// subscribed to everything.
    static func open(_ socket: SubscriberSocket, _ index: Int, _ load: Load) throws {
        if load.oneIn == 1 { return try socket.subscribe([]) }
        var topic = [CChar](repeating: 0, count: Int(BENCH_TOPIC_SIZE))
        let topics = Int(load.topics.subscriptions)
        for number in 0..<topics {
            bench_topic_write(&topic, UInt64(index % load.oneIn), UInt64(number))
            try socket.subscribe(topic.map(UInt8.init(bitPattern:)))
        }
        try socket.subscribe([0])
    }
}

extension Load {
    /// The topics of a subscriber. Where there are many the greeting is one of its subscriptions.
    var topics: bench_topics {
        bench_topics(one_in: UInt64(oneIn), subscriptions: UInt64(max(1, subscriptions - 1)))
    }

    /// What a round with subscribers gave: what they received or, where each wants but few of the
    /// messages, what was published.
    func measurement(published: Int, seconds: Double) -> Measurement {
        let delivered = Double(published) * Double(peers) / Double(oneIn)
        return Measurement(
            seconds: seconds,
            values: [
                .rate: delivered / seconds, .published: Double(published) / seconds,
            ])
    }
}
