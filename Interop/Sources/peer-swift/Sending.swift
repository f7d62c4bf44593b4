import Foundation
import ZeroMQ

/// The commands `send` and `pump`: numbered messages out.
struct Sending {
    private let socket: PeerSocket
    private let shape: Shape
    private let end: ContinuousClock.Instant

    init(_ socket: PeerSocket, _ shape: Shape) {
        self.socket = socket
        self.shape = shape
        end = .now + shape.timeout
    }

    func send() async -> String {
        let start = ContinuousClock.now
        let count = shape.count ?? 0
        let middle = shape.sabotage.isEmpty ? nil : count / 2
        var index = 0
        do throws(ZeroMQError) {
            while index < count {
                if socket.isStream {
                    try await sendBytes(index)
                } else if index == middle {
                    index = try await sendSabotaged(index)
                } else {
                    try await sendPatiently(index)
                }
                index += 1
                if let pace = shape.pace { try? await Task.sleep(for: pace) }
            }
        } catch {
            return "err \(error.word) sent=\(index)"
        }
        let time = (ContinuousClock.now - start) / .milliseconds(1)
        return "ok sent=\(count) ms=\(Int(time))"
    }

    /// Like `send`, without end until the next command line comes in.
    func pump() async -> String {
        var sent = 0
        while !ControlLines.isPending, ContinuousClock.now < end {
            do throws(ZeroMQError) {
                try await sendPatiently(sent)
            } catch {
                return "err \(error.word) sent=\(sent)"
            }
            sent += 1
            try? await Task.sleep(for: shape.pace ?? .microseconds(100))
        }
        return "ok sent=\(sent)"
    }

    /// Message `index`; an unknown routing id is tried again if the command says so.
    func sendPatiently(_ index: Int, isCorrupt: Bool = false) async throws(ZeroMQError) {
        let message = shape.message(index, isCorrupt: isCorrupt)
        while true {
            do throws(ZeroMQError) {
                return try await socket.send(message, within: shape.idle)
            } catch {
                guard shape.retries, error.code == .hostUnreachable, ContinuousClock.now < end
                else { throw error }
            }
            try? await Task.sleep(for: .milliseconds(1))
        }
    }

    private func sendBytes(_ index: Int) async throws(ZeroMQError) {
        let body = shape.body(shape.place(index).sequence, 0, of: 1)
        try await socket.send(
            Message([Frame(shape.receiver), Frame(body)]), within: shape.timeout)
    }

    /// Exactly one wrong thing. Returns the index of the last message handled.
    private func sendSabotaged(_ index: Int) async throws(ZeroMQError) -> Int {
        switch shape.sabotage {
        case "drop":
            return index
        case "hang":
            pause()
        case "crash":
            abort()
        case "swap":
            try await sendPatiently(index + 1)
            try await sendPatiently(index)
            return index + 1
        case "dup":
            try await sendPatiently(index)
        default:
            break
        }
        try await sendPatiently(index, isCorrupt: shape.sabotage == "corrupt")
        return index
    }
}
