/// Takes only messages that match the socket's own subscriptions (SUB).
///
/// Publishers filter already; this keeps out what was under way when a subscription was taken
/// back, and what a publisher without filters sends.
final class FilteredReceive: ReceiveStrategy {
    /// What the application has subscribed to. Guarded by the lock of the side.
    var wanted = SubscriptionSet()
    private let invertsMatching: Bool

    init(invertsMatching: Bool) {
        self.invertsMatching = invertsMatching
    }

    func receive(from side: ReceiveSide) throws(ZeroMQError) -> Message? {
        while let pipe = side.nextReadable() {
            let message = pipe._withUnsafeGuaranteedRef { pipe in
                let message = pipe.cut()
                side.settle(pipe)
                return message
            }
            if message.withUnsafeBytes({ wanted.matchesAny($0) }) != invertsMatching {
                return message
            }
            side.counters.drop(1, .unexpected)
        }
        return nil
    }
}
