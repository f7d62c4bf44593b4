import ZeroMQ

/// Each line of the input is a request; prints its reply.
struct Requester {
    let socket: any ReceivingSocket & SendingSocket
    let format: LineFormat
    let count: Int?
    let thread: IOThread

    func run() async throws -> Ending {
        var input = LineReader(format: format, on: thread)
        var output = LineWriter(format: format)
        var countdown = Countdown(from: count)
        while let request = try await input.next() {
            try await socket.send(request)
            try output.write(try await socket.receive())
            try output.flush()
            if countdown.step() { return .counted }
        }
        return .inputEnded
    }
}
