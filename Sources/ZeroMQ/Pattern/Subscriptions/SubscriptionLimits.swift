/// What subscribers may hold in a `SubscriptionTrie`.
struct SubscriptionLimits: Sendable, Equatable {
    /// Distinct topics a subscriber may hold at a time.
    var topicsPerSubscriber = 100_000
    /// Length of one topic, in bytes.
    var topicLength = 64 * 1024
    /// Sum of the lengths of a subscriber's distinct topics, in bytes.
    var bytesPerSubscriber = 64 * 1024 * 1024
    /// Memory that the topics and subscriptions of all subscribers take, in bytes.
    var bytesInAll = 256 * 1024 * 1024

    static let unlimited = SubscriptionLimits(
        topicsPerSubscriber: .max, topicLength: .max, bytesPerSubscriber: .max, bytesInAll: .max)
}

/// The limit that a subscription met; the trie is unchanged.
enum SubscriptionLimitError: Error, Equatable {
    case topicLength, topicsPerSubscriber, bytesPerSubscriber, bytesInAll
    /// There is no memory, or the trie as a whole can address no more (above 8 GiB).
    case memory
    /// The slot is not a valid one.
    case slot

    /// Why `holder` is refused, for events and errors.
    func reason(for holder: String) -> String {
        switch self {
        case .topicLength, .topicsPerSubscriber, .bytesPerSubscriber, .slot:
            "\(holder) holds too many subscriptions"
        case .bytesInAll: "the subscriptions of all peers take too much memory"
        case .memory: "there is no memory for another subscription"
        }
    }
}
