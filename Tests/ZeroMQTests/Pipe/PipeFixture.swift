import Testing

@testable import ZeroMQ

/// An outbound pipe whose bytes are taken by hand.
struct PipeFixture {
    let pool = ChunkPool()
    let pipe: OutboundPipe

    init(highWaterMark: Int = .max) {
        pipe = OutboundPipe(
            slot: 0, highWaterMark: highWaterMark, byteLimit: .max, pool: pool)
    }

    /// Appends a message as a socket would.
    func send(_ message: Message) {
        message.append(to: pipe)
        pipe.endMessage()
    }

    /// Writes at most `limit` bytes of what is queued; returns them.
    func write(_ limit: Int = .max) -> [UInt8] {
        var written: [UInt8] = []
        while written.count < limit {
            if pipe.flight.isEmpty, !pipe.takeAll() { break }
            let bytes = nextVector()
            let part = bytes.prefix(limit - written.count)
            written += part
            pipe.flight.advance(part.count)
            let credit = pipe.flight.takeCredit()
            pipe.credit(messages: credit.messages, bytes: credit.bytes)
        }
        return written
    }

    private func nextVector() -> [UInt8] {
        withUnsafeTemporaryAllocation(of: IOVector.self, capacity: 1) { vectors in
            guard pipe.flight.fill(vectors) == 1 else { return [] }
            return Array(UnsafeRawBufferPointer(start: vectors[0].base, count: vectors[0].count))
        }
    }
}

/// The wire form of messages, made without the code under test.
func wire(_ messages: [Message]) -> [UInt8] {
    var bytes: [UInt8] = []
    for message in messages {
        for (index, frame) in message.enumerated() {
            let more: UInt8 = index < message.count - 1 ? 1 : 0
            if frame.count <= 255 {
                bytes += [more, UInt8(frame.count)]
            } else {
                bytes.append(more | 2)
                for shift in stride(from: 56, through: 0, by: -8) {
                    bytes.append(UInt8((frame.count >> shift) & 0xFF))
                }
            }
            bytes += frame.array
        }
    }
    return bytes
}

/// A body of `count` bytes that differs from that of other seeds.
func body(_ count: Int, _ seed: Int = 0) -> Frame {
    Frame((0..<count).map { UInt8(truncatingIfNeeded: ($0 &* 31) &+ seed) })
}
