import Testing

@testable import ZeroMQ

/// A received body may be a slice of memory that it shares with its neighbours on the way. That
/// memory is not written again while one of them is held, by whatever thread.
@Suite(.timeLimit(.minutes(1))) struct SliceTests {
    private typealias Kept = (number: Int, frame: Frame)

    /// Below and above what is copied out, what leaves a chunk, and what has memory of its own.
    private static let sizes = [5000, 300, 4096, 12_000, 100, 20_000, 4095, 70_000]

    private static func bytes(_ number: Int) -> [UInt8] {
        [UInt8](
            repeating: UInt8(truncatingIfNeeded: number % 251),
            count: sizes[number % sizes.count] + number)
    }

    /// Sends messages of two frames while they are received; some are kept, so that their chunks
    /// stay while others come and go, and let go of by several threads at once.
    private func exchange(
        _ receiver: some ReceivingSocket,
        _ send: @escaping @Sendable (Message) async throws -> Void
    ) async throws {
        var checking: Task<Void, any Error>?
        for round in 0..<4 {
            let numbers = (round * 100)..<(round * 100 + 100)
            let sending = Task {
                for number in numbers {
                    try await send(Message([Frame("\(number)"), Frame(Self.bytes(number))]))
                }
            }
            var kept: [Kept] = []
            for number in numbers {
                let message = try await receiver.next()
                #expect(message.string == "\(number)")
                if number / 16 % 2 == 0 || number % 16 == 7 { kept.append((number, message[1])) }
            }
            try await sending.value
            try await checking?.value
            checking = Task { [kept] in try await Self.check(kept) }
        }
        try await checking?.value
    }

    /// Neighbours are looked at and let go of by different threads.
    private static func check(_ kept: [Kept]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<4 {
                let mine = kept.enumerated().filter { $0.offset % 4 == part }.map(\.element)
                group.addTask {
                    try await offThread {
                        for (number, frame) in mine {
                            #expect(frame.array == bytes(number), "message \(number)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test(arguments: TestTransport.allCases)
    func whatIsKeptStaysAsItWasReceived(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let (pull, push) = (try PullSocket(context), try PushSocket(context))
            try await link(pull, push, over: transport)
            try await exchange(pull) { try await push.send($0) }
        }
    }

    /// Subscribers within the process slice the log of the publisher.
    @Test(arguments: TestTransport.allCases)
    func whatIsPublishedStaysAsItWas(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let (one, other) = (try SubscriberSocket(context), try SubscriberSocket(context))
            let endpoint = try publisher.bind(transport.freshEndpoint)
            for subscriber in [one, other] {
                try subscriber.subscribe("")
                try subscriber.connect(endpoint)
            }
            try await publisher.waitForSubscribers(2, timeout: .seconds(15))
            async let others: Void = exchange(other) { _ in }
            try await exchange(one) { try await publisher.send($0) }
            try await others
        }
    }

    /// A slice that is sent on is queued as it is, after its receiver has let go of it.
    @Test(arguments: TestTransport.allCases)
    func whatIsSentOnArrivesAsItWasReceived(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let (source, inlet) = (try PushSocket(context), try PullSocket(context))
            let (outlet, sink) = (try PushSocket(context), try PullSocket(context))
            try await link(inlet, source, over: transport)
            try await link(sink, outlet, over: transport)
            for number in 0..<200 {
                try await source.send(Message(Self.bytes(number)))
                try await outlet.send(try await inlet.next())
            }
            for number in 0..<200 {
                #expect(try await sink.next().array == Self.bytes(number), "message \(number)")
            }
        }
    }
}
