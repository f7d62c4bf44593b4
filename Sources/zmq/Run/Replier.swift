import ZeroMQ

/// Prints each request; each line of the input is a reply.
///
/// One line is read ahead, so that the end of the input ends the run also while no request is
/// there, and a request is on the screen before its reply has to be typed.
struct Replier {
    let socket: any ReceivingSocket & SendingSocket
    let format: LineFormat
    let count: Int?
    let thread: IOThread

    func run() async throws -> Ending {
        let (replies, reply) = AsyncStream.makeStream(of: Message.self)
        let (turns, turn) = AsyncStream.makeStream(of: Void.self)
        return try await Ending.first(of: [
            { try await read(turns, reply) },
            { try await answer(replies, turn) },
        ])
    }

    private func read(
        _ turns: AsyncStream<Void>, _ reply: AsyncStream<Message>.Continuation
    ) async throws -> Ending {
        var input = LineReader(format: format, on: thread)
        for await _ in turns {
            guard let message = try await input.next() else { break }
            reply.yield(message)
        }
        return .inputEnded
    }

    private func answer(
        _ replies: AsyncStream<Message>, _ turn: AsyncStream<Void>.Continuation
    ) async throws -> Ending {
        var output = LineWriter(format: format)
        var countdown = Countdown(from: count)
        var reply = replies.makeAsyncIterator()
        while true {
            turn.yield()
            try output.write(try await socket.receive())
            try output.flush()
            guard let message = await reply.next() else { return .inputEnded }
            try await socket.send(message)
            if countdown.step() { return .counted }
        }
    }
}
