/// Where a REQ socket stands between a request and its reply; shared by its two halves.
final class RequestState: @unchecked Sendable {
    // Unchecked: guarded by `lock`, which is taken inside the locks of the two sides.
    private let lock = Lock()
    private var stage = Stage.idle
    private var nextCorrelation: UInt32
    private var settings: Settings

    /// The options that may change at any time.
    struct Settings {
        /// A new request may replace one that waits (`ZMQ_REQ_RELAXED`).
        var isRelaxed: Bool
        /// Requests carry a number that the reply has to bring back (`ZMQ_REQ_CORRELATE`).
        var correlates: Bool
    }

    enum Stage: Equatable {
        case idle
        /// The reply has to come from the peer at `slot`, with the number if there is one.
        case awaiting(slot: Int, correlation: UInt32?)
        /// The peer that was asked has gone; its reply may have arrived before.
        case lost(slot: Int, correlation: UInt32?)
    }

    init(_ options: SocketOptions, seed: UInt32) {
        settings = options.requestSettings
        nextCorrelation = seed
    }

    var current: Stage { lock.withLock { stage } }

    func update(_ settings: Settings) {
        lock.withLock { self.settings = settings }
    }

    /// Whether a request may be sent now.
    var maySend: Bool {
        lock.withLock {
            if settings.isRelaxed { return true }
            if case .awaiting = stage { return false }
            return true
        }
    }

    /// The number for the next request, where requests are numbered.
    func makeCorrelation() -> UInt32? {
        lock.withLock {
            guard settings.correlates else { return nil }
            nextCorrelation &+= 1
            return nextCorrelation
        }
    }

    func sent(to slot: Int, correlation: UInt32?) {
        lock.withLock { stage = .awaiting(slot: slot, correlation: correlation) }
    }

    /// The reply has come, or nobody waits for it any more.
    func finish() {
        lock.withLock { stage = .idle }
    }

    /// A peer has gone; true when the reply was to come from it.
    func lose(_ slot: Int) -> Bool {
        lock.withLock {
            guard case .awaiting(slot, let correlation) = stage else { return false }
            stage = .lost(slot: slot, correlation: correlation)
            return true
        }
    }
}
