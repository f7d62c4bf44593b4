/// The changes of a socket's subscriptions that one publisher has not been told of yet.
///
/// Subscriptions are state, not messages: a change that is taken back before it was sent leaves
/// nothing behind, so the feed holds no more than the topics that differ, however slow the link.
/// What is left is told in the order of the calls.
/// Guarded by the lock of the ``SubscriptionRegistry``.
final class SubscriptionFeed: @unchecked Sendable {
    // Unchecked: guarded by the registry's lock.
    // In the order of the calls, with gaps where a change was taken back. Invariant: `places` has
    // the index of every change from `first` on.
    private var changes: [SubscriptionChange?] = []
    private var first = 0
    private var places: [[UInt8]: Int] = [:]
    /// Whom to tell that there is something to take.
    var driver: (any PipeDriver)?

    var isEmpty: Bool { places.isEmpty }

    /// Notes that `topic` is wanted from now on, or no longer.
    func note(_ topic: [UInt8], isWanted: Bool) {
        guard let place = places[topic] else {
            places[topic] = changes.count
            changes.append(SubscriptionChange(topic: topic, isWanted: isWanted))
            return
        }
        if changes[place]?.isWanted == isWanted { return }
        changes[place] = nil
        places[topic] = nil
        closeGaps()
    }

    /// Takes the first changes out, at most `count`.
    func take(_ count: Int) -> [SubscriptionChange] {
        var taken: [SubscriptionChange] = []
        while taken.count < count, first < changes.count {
            if let change = changes[first] {
                taken.append(change)
                places[change.topic] = nil
                changes[first] = nil
            }
            first += 1
        }
        closeGaps()
        return taken
    }

    /// Moves the changes together once most places are empty: a constant cost for each change.
    private func closeGaps() {
        guard changes.count > 2 * places.count else { return }
        changes = changes[first...].filter { $0 != nil }
        first = 0
        for (place, change) in changes.enumerated() {
            if let change { places[change.topic] = place }
        }
    }

    /// Forgets everything: the connection has gone.
    func reset() {
        changes.removeAll()
        first = 0
        places.removeAll()
        driver = nil
    }
}

/// One topic that a publisher is to send from now on, or no longer.
struct SubscriptionChange: Equatable, Sendable {
    let topic: [UInt8]
    let isWanted: Bool
}
