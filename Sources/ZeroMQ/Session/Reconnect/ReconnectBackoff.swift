/// The failures of one endpoint in a row and what they mean for the next delay.
struct ReconnectBackoff: Sendable {
    let policy: ReconnectPolicy
    /// Attempts that failed since the latest success.
    private(set) var failures = 0

    init(_ policy: ReconnectPolicy) {
        self.policy = policy
    }

    /// Counts a failure and returns the time to wait; `nil` for never again.
    mutating func failed(using random: inout SplitMix64) -> Duration? {
        failures = failures == .max ? .max : failures + 1
        return policy.delay(afterFailures: failures, using: &random)
    }

    /// To be called when a handshake is over; a mere TCP connection does not count, or a peer that
    /// accepts and refuses would make a hot loop.
    mutating func succeeded() {
        failures = 0
    }
}
