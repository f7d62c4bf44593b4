import ZeroMQ

/// Prints each message received.
struct Receiver {
    let socket: any ReceivingSocket
    let format: LineFormat
    let count: Int?

    func run() async throws -> Ending {
        var lines = LineWriter(format: format)
        var countdown = Countdown(from: count)
        while true {
            // Print all that is there before waiting: a batch is one write.
            var next = try socket.tryReceive()
            if next == nil {
                try lines.flush()
                next = try await socket.receive()
            }
            guard let message = next else { continue }
            try lines.write(message)
            if countdown.step() {
                try lines.flush()
                return .counted
            }
        }
    }
}
