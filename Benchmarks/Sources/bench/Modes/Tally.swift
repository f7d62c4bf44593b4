import ZeroMQ

/// What has come of a numbered stream.
struct Tally: Sendable {
    private(set) var received = 0
    /// Messages that were not the one whose turn it was.
    private(set) var wrong = 0
    private var next: UInt64 = 0

    /// A number, and three words that follow from it.
    static func message(_ number: Int) -> Message {
        let number = UInt64(truncatingIfNeeded: number)
        let words = (number, ~number, number &* 0x9E37_79B9_7F4A_7C15, number ^ 0x5555_5555)
        return withUnsafeBytes(of: words) { Message(copying: $0) }
    }

    mutating func take(_ message: Message) {
        received += 1
        let number = message.withUnsafeBytes { bytes -> UInt64? in
            guard bytes.count == 32 else { return nil }
            let words = bytes.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self)
            let isWhole =
                words.1 == ~words.0 && words.2 == words.0 &* 0x9E37_79B9_7F4A_7C15
                && words.3 == words.0 ^ 0x5555_5555
            return isWhole ? words.0 : nil
        }
        if number != next { wrong += 1 }
        next = (number ?? next) &+ 1
    }

    /// Whatever comes behind the last one is one too many.
    mutating func checkEnd(of socket: PullSocket) {
        if (try? socket.receiveBlocking(timeout: .milliseconds(100))) != nil { wrong += 1 }
    }
}
