@testable import ZeroMQ

extension HotPath {
    /// A stream of messages of 64 bytes from one peer, 100 at a time, received under the lock.
    static let receiveLocked = HotPath("receive-locked") { count in
        try receive(count, leases: false)
    }

    /// The same, most of them under a lease. In one thread no barrier is ever needed.
    static let receiveLeased = HotPath("receive-leased") { count in
        try receive(count, leases: true)
    }

    /// By a socket that has subscribed to everything.
    static let receiveSubscribed = HotPath("receive-subscribed") { count in
        let filter = FilteredReceive(invertsMatching: false)
        let side = ReceiveSide(strategy: filter, conflates: false, slots: SlotPool())
        try filter.subscribe([], in: side)
        try receive(count, by: side, leases: true)
    }

    private static func receive(_ count: Int, leases: Bool) throws {
        let side = ReceiveSide(strategy: PlainReceive(), conflates: false, slots: SlotPool())
        try receive(count, by: side, leases: leases)
    }

    private static func receive(_ count: Int, by side: ReceiveSide, leases: Bool) throws {
        LeaseFence.prepare { leases }
        let pipe = InboundPipe(slot: 0, highWaterMark: .max)
        side.attach(pipe)
        let wire = Wire.messages(100, of: [UInt8](repeating: 7, count: 64))
        var message = Message()
        var segments = SegmentQueue()
        for index in 0..<count {
            if index % 100 == 0 {
                segments.append(Wire.segment(wire, messages: 100))
                _ = side.deliver(&segments, messages: 100, bytes: wire.count, to: pipe)
            }
            guard try side.tryReceive(into: &message), message[0].count == 64 else {
                throw WrongResult()
            }
        }
        guard side.countersNow.messages == UInt64(count) else { throw WrongResult() }
    }
}
