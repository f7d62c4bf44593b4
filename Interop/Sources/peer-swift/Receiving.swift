import ZeroMQ

/// The commands `recv`, `echo` and `ask`: numbered messages in.
struct Receiving {
    private let socket: PeerSocket
    private let shape: Shape
    private let judge: Judge
    private let end: ContinuousClock.Instant

    init(_ socket: PeerSocket, _ shape: Shape) {
        self.socket = socket
        self.shape = shape
        judge = Judge(shape)
        end = .now + shape.timeout
    }

    func receive() async -> String {
        do throws(ZeroMQError) {
            while !judge.isComplete {
                if socket.isStream {
                    try await receiveBytes()
                } else {
                    judge.judge(try await next())
                }
            }
        } catch {
            guard error.code == .timedOut else { return judge.report(error.word) }
            return judge.report(shape.count == nil ? "" : "timeout")
        }
        return await receiveNoMore()
    }

    /// Nothing more may come within `extra`.
    private func receiveNoMore() async -> String {
        while let extra = shape.extra {
            do throws(ZeroMQError) {
                judge.judge(try await socket.receive(within: extra))
            } catch {
                break
            }
        }
        return judge.report(judge.got > (shape.count ?? .max) ? "toomany" : "")
    }

    private func receiveBytes() async throws(ZeroMQError) {
        let wanted = shape.size((shape.first ?? 0) + judge.got, 0)
        while true {
            if let bytes = socket.cut(wanted) { return judge.judge(bytes: bytes) }
            let message = try await next()
            guard message.count == 2 else {
                throw .init(.malformedMessage, "\(message.count) frames from a STREAM")
            }
            socket.keep(message[1].array)
        }
    }

    /// Sends every message back as it came.
    func echo() async -> String {
        var done = 0
        do throws(ZeroMQError) {
            while done < shape.count ?? 0 {
                let message = try await next()
                if let delay = shape.delay { try? await Task.sleep(for: delay) }
                try await socket.send(message, within: shape.idle)
                done += 1
            }
        } catch {
            return "err \(error.code == .timedOut ? "timeout" : error.word) echoed=\(done)"
        }
        return "ok echoed=\(done)"
    }

    /// Sends each numbered message and judges the echo of it.
    func ask() async -> String {
        let sending = Sending(socket, shape)
        do throws(ZeroMQError) {
            for index in 0..<(shape.count ?? 0) {
                try await sending.sendPatiently(index)
                judge.judge(try await next())
            }
        } catch {
            return judge.report(error.code == .timedOut ? "timeout" : error.word)
        }
        return judge.report()
    }

    private func next() async throws(ZeroMQError) -> Message {
        let left = end - .now
        guard left > .zero else { throw .init(.timedOut, "the command's time is over") }
        // A round number, so that the time-out of the socket is not set anew for each message.
        let time = left > .seconds(1) ? shape.idle : min(shape.idle, left)
        return try await socket.receive(within: time)
    }
}
