/// Takes only messages that match the socket's own subscriptions (SUB).
///
/// Publishers filter already; this keeps out what was under way when a subscription was taken
/// back, and what a publisher without filters sends.
final class FilteredReceive: ReceiveStrategy {
    /// What the application has subscribed to. Guarded by the lock of the side, and looked at by
    /// who holds its lease: changed only while there is none.
    @exclusivity(unchecked) private var wanted = SubscriptionSet()
    /// Whether the application has subscribed to everything, so that nothing need be looked at.
    /// Guarded in the same way.
    @exclusivity(unchecked) private(set) var wantsAll = false
    private let invertsMatching: Bool

    init(invertsMatching: Bool) {
        self.invertsMatching = invertsMatching
    }

    func receive(
        into message: inout Message, from side: ReceiveSide
    ) throws(ZeroMQError) -> Bool {
        while let pipe = side.nextReadable() {
            pipe._withUnsafeGuaranteedRef { pipe in
                pipe.cut(into: &message)
                side.settle(pipe)
            }
            if wants(message) {
                pipe._withUnsafeGuaranteedRef { side.beginLease(of: $0) }
                return true
            }
            side.counters.drop(1, .unexpected)
        }
        return false
    }

    /// Whether the application is to see the message. Lock or lease held.
    @inline(__always)
    func wants(_ message: borrowing Message) -> Bool {
        wantsAll || message.withUnsafeBytes { wanted.matchesAny($0) } != invertsMatching
    }

    /// Counts a topic. Takes the lock of the side.
    func subscribe(
        _ topic: [UInt8], in side: ReceiveSide
    ) throws(SubscriptionLimitError) {
        try side.withQueues { () throws(SubscriptionLimitError) in
            try topic.withUnsafeBufferPointer { (bytes) throws(SubscriptionLimitError) in
                _ = try wanted.add(UnsafeRawBufferPointer(bytes))
            }
            noteWhetherAll()
        }
    }

    /// Takes a topic back. Takes the lock of the side.
    func unsubscribe(_ topic: [UInt8], in side: ReceiveSide) {
        side.withQueues {
            topic.withUnsafeBytes { _ = wanted.remove($0) }
            noteWhetherAll()
        }
    }

    private func noteWhetherAll() {
        wantsAll = !invertsMatching && wanted.matchesEverything
    }
}
