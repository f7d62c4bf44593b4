@testable import ZeroMQ

/// Messages as they are on the wire.
enum Wire {
    static func messages(_ count: Int, of body: [UInt8]) -> [UInt8] {
        (0..<count).flatMap { _ in [0, UInt8(truncatingIfNeeded: body.count)] + body }
    }

    /// Puts received bytes into a queue.
    static func fill(_ pipe: InboundPipe, _ bytes: [UInt8], messages: Int) {
        pipe.append(segment(bytes, messages: messages))
    }

    /// Received bytes, in memory of their own.
    static func segment(_ bytes: [UInt8], messages: Int) -> Segment {
        let block = FrameStorage.make(count: bytes.count)
        bytes.withUnsafeBytes {
            if let source = $0.baseAddress {
                block.base.copyMemory(from: source, byteCount: $0.count)
            }
        }
        return Segment(
            retaining: block, base: UnsafeRawPointer(block.base), count: bytes.count,
            messages: messages, endsMessage: true)
    }
}
