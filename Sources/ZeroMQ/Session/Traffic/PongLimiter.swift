/// Keeps a flood of PINGs from becoming a flood of PONGs.
///
/// So many a second are answered at once; those beyond share one PONG when the second is over.
struct PongLimiter {
    private static let window: Duration = .seconds(1)

    private let limit: Int
    private var windowEnd: Instant?
    private var answered = 0
    /// Context of the latest PING that has not been answered.
    private var heldContext: [UInt8]?

    init(limit: Int) {
        self.limit = max(limit, 1)
    }

    /// Returns whether this PING is to be answered at once.
    mutating func pingReceived(context: [UInt8], now: Instant) -> Bool {
        if windowEnd.map({ $0 <= now }) ?? true {
            windowEnd = now.advanced(by: PongLimiter.window)
            answered = 0
        }
        guard answered < limit else {
            heldContext = context
            return false
        }
        answered += 1
        heldContext = nil
        return true
    }

    var deadline: Instant? {
        heldContext == nil ? nil : windowEnd
    }

    /// The context of the shared PONG, if it is due.
    mutating func timerFired(now: Instant) -> [UInt8]? {
        guard let heldContext, let windowEnd, windowEnd <= now else { return nil }
        self.heldContext = nil
        self.windowEnd = now.advanced(by: PongLimiter.window)
        answered = 1
        return heldContext
    }
}
