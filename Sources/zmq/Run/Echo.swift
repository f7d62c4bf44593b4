import ZeroMQ

/// Prints each message and sends it back to where it came from.
struct Echo {
    let socket: any ReceivingSocket & SendingSocket
    let format: LineFormat
    let count: Int?

    func run() async throws -> Ending {
        var lines = LineWriter(format: format)
        var countdown = Countdown(from: count)
        while true {
            var next = try socket.tryReceive()
            if next == nil {
                try lines.flush()
                next = try await socket.receive()
            }
            guard let message = next else { continue }
            try lines.write(message)
            if try !socket.trySend(message) {
                try lines.flush()
                try await socket.send(message)
            }
            if countdown.step() {
                try lines.flush()
                return .counted
            }
        }
    }
}
