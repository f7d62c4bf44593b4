/// A point on a monotonic clock, in nanoseconds from an arbitrary origin.
///
/// A plain value: the pure layers are handed instants and never ask for one. Arithmetic saturates,
/// so that "no deadline" (`distantFuture`) stays that whatever is added to it.
struct Instant: Comparable, Hashable, Sendable {
    /// Nanoseconds since the clock's origin.
    var nanoseconds: Int64

    /// An instant that never comes.
    static let distantFuture = Instant(nanoseconds: .max)

    /// An instant before all others; as a deadline it means "do not wait".
    static let distantPast = Instant(nanoseconds: .min)

    @inline(__always)
    static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

    /// This instant moved by `duration`, clamped to the range of the clock.
    func advanced(by duration: Duration) -> Instant {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.clampedNanoseconds)
        if overflow { return duration < .zero ? .distantPast : .distantFuture }
        return Instant(nanoseconds: sum)
    }

    /// The time from `earlier` to this instant, negative when this one comes first.
    func duration(since earlier: Instant) -> Duration {
        let (difference, overflow) =
            nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        if overflow { return .nanoseconds(nanoseconds < 0 ? Int64.min : .max) }
        return .nanoseconds(difference)
    }
}

extension Duration {
    /// The duration in whole nanoseconds, clamped to 64 bits (292 years).
    var clampedNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, carry) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        if carry { return seconds < 0 ? .min : .max }
        return sum
    }
}
