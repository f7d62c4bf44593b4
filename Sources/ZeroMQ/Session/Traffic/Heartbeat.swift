/// Whether the peer still lives, and when to ask it (RFC 37).
///
/// Any received byte is life. The clock for the peer's answer runs from the first PING after the
/// latest byte, and stands still while it is we who do not read.
struct Heartbeat {
    enum Outcome: Hashable {
        case nothing
        case ping
        case dead(SessionFailure.Code)
    }

    /// PINGs sent without a byte in between, while the connection is being read.
    static let maxUnansweredPings = 3
    /// Tenths of a second; libzmq computes with 16 bits in milliseconds and wraps above it.
    static let maxAdvertisedTTL: Int64 = 655

    private let interval: Duration?
    private let timeout: Duration?
    private var nextPing: Instant?
    private var waitingSince: Instant?
    private var lastArrival: Instant
    private var peerTTL: Duration?
    private var unansweredPings = 0
    private var owedPongs = 0
    private var isPaused = false

    init(_ configuration: SessionConfiguration, now: Instant) {
        interval = configuration.heartbeatInterval.flatMap { $0 > .zero ? $0 : nil }
        let limit = configuration.heartbeatTimeout ?? interval
        timeout = limit.flatMap { $0 > .zero ? $0 : nil }
        lastArrival = now
        nextPing = interval.map { now.advanced(by: $0) }
    }

    /// The TTL that our PINGs carry, in tenths of a second, rounded up.
    static func advertisedTTL(_ duration: Duration?) -> UInt16 {
        guard let duration, duration > .zero else { return 0 }
        guard duration < .milliseconds(maxAdvertisedTTL * 100) else {
            return UInt16(maxAdvertisedTTL)
        }
        let (seconds, attoseconds) = duration.components
        let tenth: Int64 = 100_000_000_000_000_000
        return UInt16(clamping: seconds * 10 + (attoseconds + tenth - 1) / tenth)
    }

    // MARK: Events

    mutating func bytesArrived(now: Instant) {
        lastArrival = now
        waitingSince = nil
        unansweredPings = 0
    }

    /// The peer's PING also says how long it wants us to wait for it, 0 for ever.
    mutating func pingReceived(ttl: UInt16, now: Instant) {
        lastArrival = now
        peerTTL = ttl == 0 ? nil : .milliseconds(Int64(ttl) * 100)
    }

    /// Returns whether a PONG was due.
    mutating func pongReceived() -> Bool {
        guard owedPongs > 0 else { return false }
        owedPongs -= 1
        return true
    }

    /// The time in which we did not read does not count against the peer.
    mutating func readingPaused(_ paused: Bool, now: Instant) {
        if isPaused, !paused {
            lastArrival = now
            if waitingSince != nil { waitingSince = now }
            unansweredPings = 0
        }
        isPaused = paused
    }

    // MARK: Time

    var deadline: Instant? {
        Heartbeat.earlier(nextPing, Heartbeat.earlier(answerDeadline, ttlDeadline))
    }

    static func earlier(_ first: Instant?, _ second: Instant?) -> Instant? {
        guard let first else { return second }
        guard let second else { return first }
        return min(first, second)
    }

    private var answerDeadline: Instant? {
        guard !isPaused, let timeout, let waitingSince else { return nil }
        return waitingSince.advanced(by: timeout)
    }

    private var ttlDeadline: Instant? {
        guard !isPaused, let peerTTL else { return nil }
        return lastArrival.advanced(by: peerTTL)
    }

    mutating func timerFired(now: Instant) -> Outcome {
        if let timeout, let limit = answerDeadline, limit <= now {
            guard isStall(limit, now, timeout) else { return .dead(.heartbeatTimeout) }
            waitingSince = now
        }
        if let peerTTL, let limit = ttlDeadline, limit <= now {
            guard isStall(limit, now, peerTTL) else { return .dead(.ttlExpired) }
            lastArrival = now
        }
        guard let interval, let due = nextPing, due <= now else { return .nothing }
        nextPing = now.advanced(by: interval)
        // A peer that is not read cannot answer, but must go on seeing us alive.
        guard isPaused || unansweredPings < Heartbeat.maxUnansweredPings else { return .nothing }
        unansweredPings += isPaused ? 0 : 1
        owedPongs = owedPongs == .max ? .max : owedPongs + 1
        waitingSince = waitingSince ?? now
        return .ping
    }

    /// A timer that comes later than the time it measured says that this process stood still
    /// (stopped, suspended); the peer's bytes may be waiting, so it gets that time once more.
    private func isStall(_ limit: Instant, _ now: Instant, _ measured: Duration) -> Bool {
        now.duration(since: limit) >= measured
    }
}
