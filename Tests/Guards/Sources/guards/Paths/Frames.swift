@testable import ZeroMQ

extension HotPath {
    private static let body = [UInt8](repeating: 7, count: 64)

    /// A body of 64 bytes framed into the queue of a connection, which the writer empties every 100.
    static let encode = HotPath("encode") { count in
        let pipe = OutboundPipe(
            slot: 0, highWaterMark: .max, byteLimit: .max, pool: ChunkPool())
        let drain = Drain(pipe)
        for index in 0..<count {
            body.withUnsafeBytes { pipe.appendFrame($0, more: false) }
            pipe.endMessage()
            if index % 100 == 99 { drain.takeAll() }
        }
        drain.takeAll()
        guard drain.bytes == count * 66 else { throw WrongResult() }
    }

    /// Headers found and checked in a receive buffer of 100 messages of 64 bytes.
    static let decode = HotPath("decode") { count in
        let wire = Wire.messages(100, of: body)
        var scanner = FrameScanner(
            limits: WireLimits(), strictness: WireStrictness(), largeFrameThreshold: 65_536)
        var messages = 0
        while messages < count {
            messages += wire.withUnsafeBytes { scanner.scan($0).messages }
        }
        guard messages == (count + 99) / 100 * 100 else { throw WrongResult() }
    }

    /// Messages of 64 bytes taken out of what was received, segments of 100 each.
    static let receiveQueue = HotPath("receive-queue") { count in
        let pipe = InboundPipe(slot: 0, highWaterMark: .max)
        let wire = Wire.messages(100, of: body)
        var message = Message(Frame())
        for index in 0..<count {
            if index % 100 == 0 { Wire.fill(pipe, wire, messages: 100) }
            pipe.cut(into: &message)
            guard message[0].count == 64 else { throw WrongResult() }
        }
    }
}
