import ZeroMQ

/// Sends each line of the input.
struct Sender {
    let socket: any SendingSocket
    let format: LineFormat
    let count: Int?
    let thread: IOThread

    /// How long a publisher waits for its first subscriber. Long enough for one that is already
    /// there or retries to connect, so that what was piped in is not lost.
    private static let firstSubscriberWait = Duration.seconds(1)

    func run() async throws -> Ending {
        await waitForSubscriber()
        var lines = LineReader(format: format, on: thread)
        var countdown = Countdown(from: count)
        while let message = try await lines.next() {
            try await socket.send(message)
            if countdown.step() { return .counted }
        }
        return .inputEnded
    }

    private func waitForSubscriber() async {
        // Without a subscriber the messages are dropped, as a publisher does.
        switch socket {
        case let publisher as PublisherSocket:
            try? await publisher.waitForSubscribers(1, timeout: Self.firstSubscriberWait)
        case let publisher as XPublisherSocket:
            try? await publisher.waitForSubscribers(1, timeout: Self.firstSubscriberWait)
        default:
            break
        }
    }
}
