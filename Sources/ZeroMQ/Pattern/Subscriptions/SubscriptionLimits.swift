/// What one subscriber may hold in a `SubscriptionTrie`.
struct SubscriptionLimits: Sendable, Equatable {
    /// Distinct topics a subscriber may hold at a time.
    var topicsPerSubscriber = 100_000
    /// Length of one topic, in bytes.
    var topicLength = 64 * 1024
    /// Sum of the lengths of a subscriber's distinct topics, in bytes.
    var bytesPerSubscriber = 64 * 1024 * 1024

    static let unlimited = SubscriptionLimits(
        topicsPerSubscriber: .max, topicLength: .max, bytesPerSubscriber: .max)
}

/// The limit that a subscription met; the trie is unchanged.
enum SubscriptionLimitError: Error, Equatable {
    case topicLength, topicsPerSubscriber, bytesPerSubscriber
    /// The trie as a whole can address no more (above 8 GiB), or the slot is not a valid one.
    case storage
}
