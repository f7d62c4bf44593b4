/// How long to wait before a lost or refused connection is tried again; always with jitter.
struct ReconnectPolicy: Hashable, Sendable {
    /// The delay to begin with; `nil` for no second attempt, below 1 ms taken as 1 ms.
    ///
    /// Default 100 ms (`ZMQ_RECONNECT_IVL`).
    var interval: Duration? = .milliseconds(100)
    /// What the delay may grow to; `nil`, or not above the interval, for no growth.
    ///
    /// (`ZMQ_RECONNECT_IVL_MAX`)
    var maximumInterval: Duration?

    /// No delay is shorter, so that nothing can make a hot loop.
    static let floor: Duration = .milliseconds(1)
    /// Longer times are taken as this one, a bit more than a century.
    private static let most: Duration = .seconds(1 << 32)

    /// The delay after so many failures in a row, the first being 1; `nil` for never.
    ///
    /// Without growth: the interval give or take a half. With growth: anything from the floor to
    /// twice the interval for each failure before, up to the maximum, so that peers who lost the
    /// same server at the same time do not come back at the same time.
    func delay(afterFailures failures: Int, using random: inout SplitMix64) -> Duration? {
        guard let interval else { return nil }
        let base = min(max(interval, ReconnectPolicy.floor), ReconnectPolicy.most)
        let most = min(maximumInterval ?? base, ReconnectPolicy.most)
        guard most > base else {
            let delay = base / 2 + ReconnectPolicy.jitter(upTo: base, &random)
            return max(delay, ReconnectPolicy.floor)
        }
        var ceiling = base
        var doublings = max(failures, 1) - 1
        while doublings > 0, ceiling < most {
            ceiling = min(ceiling * 2, most)
            doublings -= 1
        }
        let span = ceiling - ReconnectPolicy.floor
        return ReconnectPolicy.floor + ReconnectPolicy.jitter(upTo: span, &random)
    }

    /// Anything from zero to `limit`, both included, in whole nanoseconds.
    private static func jitter(upTo limit: Duration, _ random: inout SplitMix64) -> Duration {
        .nanoseconds(Int64.random(in: 0...max(limit.clampedNanoseconds, 0), using: &random))
    }
}
