/// The changes of a socket's subscriptions that one publisher has not been told of yet.
///
/// Subscriptions are state, not messages: a change that is taken back before it was sent leaves
/// nothing behind, so the feed never holds more than the topics that differ, however slow the link.
/// Guarded by the lock of the ``SubscriptionRegistry``.
final class SubscriptionFeed: @unchecked Sendable {
    // Unchecked: guarded by the registry's lock.
    private var changes: [[UInt8]: Bool] = [:]
    /// Whom to tell that there is something to take.
    var driver: (any PipeDriver)?
    /// Whether the driver knows.
    var isAnnounced = false

    var isEmpty: Bool { changes.isEmpty }

    /// Notes that `topic` is wanted from now on, or no longer.
    func note(_ topic: [UInt8], isWanted: Bool) {
        if changes[topic] == !isWanted {
            changes[topic] = nil
        } else {
            changes[topic] = isWanted
        }
    }

    /// Takes at most `count` changes out.
    func take(_ count: Int) -> [SubscriptionChange] {
        let taken = changes.prefix(count).map {
            SubscriptionChange(topic: $0.key, isWanted: $0.value)
        }
        if taken.count == changes.count {
            changes.removeAll()
        } else {
            for change in taken { changes[change.topic] = nil }
        }
        return taken
    }

    /// Forgets everything: the connection has gone.
    func reset() {
        changes.removeAll()
        driver = nil
        isAnnounced = false
    }
}

/// One topic that a publisher is to send from now on, or no longer.
struct SubscriptionChange: Equatable, Sendable {
    let topic: [UInt8]
    let isWanted: Bool
}
