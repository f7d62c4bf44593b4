/// What a failure means for the connecting side.
enum ReconnectAdvice: Hashable, Sendable {
    /// Connect again after the usual delay.
    case reconnect
    /// The answer would be the same next time.
    case stop
}
