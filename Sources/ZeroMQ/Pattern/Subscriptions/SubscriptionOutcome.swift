/// What one more subscription changed.
struct SubscribeOutcome: Equatable, Sendable {
    /// Nobody held the topic before: it goes upstream.
    let firstForTopic: Bool
    /// This subscriber did not hold it before.
    let firstForSubscriber: Bool
}

/// What a cancelled subscription changed.
struct CancelOutcome: Equatable, Sendable {
    /// There was one; if not, nothing changed.
    let existed: Bool
    /// Nobody holds the topic any more: its end goes upstream.
    let lastForTopic: Bool
    /// This subscriber does not hold it any more.
    let lastForSubscriber: Bool

    static let unknown = CancelOutcome(
        existed: false, lastForTopic: false, lastForSubscriber: false)
}
