/// Takes only messages that match the socket's own subscriptions (SUB).
///
/// Publishers filter already; this keeps out what was under way when a subscription was taken
/// back, and what a publisher without filters sends.
final class FilteredReceive: ReceiveStrategy {
    /// What the application has subscribed to. Guarded by the lock of the side.
    @exclusivity(unchecked) var wanted = SubscriptionSet()
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
            if message.withUnsafeBytes({ wanted.matchesAny($0) }) != invertsMatching { return true }
            side.counters.drop(1, .unexpected)
        }
        return false
    }
}
