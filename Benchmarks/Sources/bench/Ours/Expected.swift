import ZeroMQ

/// What every message of a stream must look like.
struct Expected: Sendable {
    let size: Int
    /// Frames of the message itself.
    let frames: Int
    /// Frames before them: the routing id where a router receives.
    var envelope = 0

    init(_ round: Round, isRouted: Bool = false) {
        size = round.size
        frames = round.load.frames
        envelope = isRouted ? 1 : 0
    }

    /// Looks at the length and the first byte of each frame.
    @inline(__always)
    func check(_ message: Message) throws {
        if frames + envelope == 1 { return try Payload.check(message, size: size) }
        guard message.count == frames + envelope else {
            throw BenchmarkError("a message came back with \(message.count) frames")
        }
        for index in envelope..<message.count {
            let isWhole = message[index].withUnsafeBytes { $0.count == size && $0[0] == 1 }
            guard isWhole else { throw BenchmarkError("a message came back changed") }
        }
    }
}
