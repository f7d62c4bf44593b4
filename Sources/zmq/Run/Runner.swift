import ZeroMQ

/// Runs one socket from its arguments to its exit status.
struct Runner {
    private let arguments: SocketArguments
    private let context: Context
    private let socket: OpenSocket
    private let interrupt: Interrupt?
    private let deadline: ContinuousClock.Instant?

    /// How long unsent messages may hold up an interrupt or a timeout, if `--linger` is not there.
    private static let hurriedLinger = Duration.seconds(1)

    static func run(_ arguments: SocketArguments) async throws -> Int32 {
        let context = try Context()
        do {
            let status = try await Runner(arguments, context).run()
            _ = await context.shutdown(grace: .seconds(1))
            return status
        } catch {
            _ = await context.shutdown(grace: .zero)
            throw error
        }
    }

    private init(_ arguments: SocketArguments, _ context: Context) throws {
        self.arguments = arguments
        self.context = context
        interrupt = Interrupt(on: context.ioThreads[0])
        deadline = arguments.timeout.map { ContinuousClock.now + $0 }
        socket = try OpenSocket.open(arguments, in: context) { System.complain("bound \($0)") }
    }

    private func run() async throws -> Int32 {
        switch try await ending() {
        case .inputEnded, .counted:
            return await finish()
        case .timedOut:
            await hurry()
            System.complain("zmq: \(timeoutMessage)")
            return 2
        case .interrupted, .outputClosed:
            await hurry()
            return 0
        }
    }

    private func ending() async throws -> Ending {
        var contenders = limits
        contenders.append { try await work() }
        do {
            return try await Ending.first(of: contenders)
        } catch {
            // What was sent before the mistake is sent.
            await hurry()
            throw error
        }
    }

    /// What ends any run from outside.
    private var limits: [@Sendable () async throws -> Ending] {
        var limits: [@Sendable () async throws -> Ending] = []
        if let deadline {
            limits.append {
                try await Task.sleep(until: deadline, clock: .continuous)
                return .timedOut
            }
        }
        if let interrupt {
            limits.append {
                if await interrupt.wait() { return .interrupted }
                throw CancellationError()
            }
        }
        return limits
    }

    private func work() async throws -> Ending {
        do {
            return try await exchange()
        } catch is StandardOutput.Closed {
            return .outputClosed
        }
    }

    private func exchange() async throws -> Ending {
        let (format, count) = (arguments.format, arguments.count)
        let thread = context.ioThreads[0]
        guard let receiver = socket.receiver else {
            guard let sender = socket.sender else { return .inputEnded }
            return try await Sender(socket: sender, format: format, count: count, thread: thread)
                .run()
        }
        guard let both = receiver as? any ReceivingSocket & SendingSocket else {
            return try await Receiver(socket: receiver, format: format, count: count).run()
        }
        if arguments.echo {
            return try await Echo(socket: both, format: format, count: count).run()
        }
        switch arguments.kind {
        case .req:
            return try await Requester(socket: both, format: format, count: count, thread: thread)
                .run()
        case .rep:
            return try await Replier(socket: both, format: format, count: count, thread: thread)
                .run()
        default:
            return try await bothWays(both, thread)
        }
    }

    /// Sends and receives at the same time. With `--count` it is the messages received that
    /// count, and the end of the input only ends the sending.
    private func bothWays(
        _ both: any ReceivingSocket & SendingSocket, _ thread: IOThread
    ) async throws -> Ending {
        let sender = Sender(socket: both, format: arguments.format, count: nil, thread: thread)
        let receiver = Receiver(socket: both, format: arguments.format, count: arguments.count)
        let waitsForCount = arguments.count != nil
        return try await Ending.first(of: [
            {
                let ending = try await sender.run()
                if waitsForCount { try await Task.sleep(for: .seconds(1e8)) }
                return ending
            },
            { try await receiver.run() },
        ])
    }

    /// Closes when all is sent, or linger, the deadline or an interrupt ends the wait.
    private func finish() async -> Int32 {
        let remaining = deadline.map { max(.zero, $0 - .now) }
        let linger = [arguments.linger, remaining].compactMap { $0 }.min()
        let closing = Task { [socket] in await socket.base.close(linger: linger) }
        let impatience = Task { [interrupt] in
            // A cancelled close gives up what is left.
            if let interrupt, await interrupt.wait() { closing.cancel() }
        }
        let report = await closing.value
        impatience.cancel()
        if report.discarded == 0 { return 0 }
        System.complain("zmq: \(report.discarded) messages were not sent\(peers)")
        let timedOut = deadline.map { $0 <= .now } ?? false
        return timedOut ? 2 : 1
    }

    private func hurry() async {
        var linger = arguments.linger ?? Self.hurriedLinger
        if deadline.map({ $0 <= .now }) ?? false { linger = min(linger, Self.hurriedLinger) }
        _ = await socket.base.close(linger: linger)
    }

    private var timeoutMessage: String {
        "timed out after \(seconds(arguments.timeout ?? .zero)) s\(peers)"
    }

    private var peers: String {
        socket.base.statistics.connections == 0 ? "; no peer is connected" : ""
    }

    /// Seconds as they were typed: "2", "0.25".
    private func seconds(_ duration: Duration) -> String {
        let value = duration / .seconds(1)
        return value == value.rounded() ? "\(Int(value))" : "\(value)"
    }
}
