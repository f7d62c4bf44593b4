/// Where a REQ socket stands between a request and its reply; shared by its two halves.
final class RequestState: @unchecked Sendable {
    // Unchecked: guarded by `lock`, which is taken inside the locks of the two sides.
    private let lock = Lock()
    private var stage = Stage.idle
    private var lastSerial: UInt64 = 0
    private var nextCorrelation: UInt32
    private var settings: Settings
    /// The slots of peers whose connection is being ended, because a request to them was given up:
    /// what still comes from there is no reply to anything.
    private var severed: Set<Int> = []

    /// The options that may change at any time.
    struct Settings {
        /// A new request may replace one that waits (`ZMQ_REQ_RELAXED`).
        var isRelaxed: Bool
        /// Requests carry a number that the reply has to bring back (`ZMQ_REQ_CORRELATE`).
        var correlates: Bool
        /// Each new connection begins with an empty message (`ZMQ_PROBE_ROUTER`).
        var probes: Bool
    }

    /// A request that has been sent.
    struct Request: Equatable {
        /// The peer the reply has to come from.
        let slot: Int
        /// The number the reply has to bring back, if there is one.
        let correlation: UInt32?
        /// Tells the requests of the socket apart.
        let serial: UInt64
    }

    enum Stage: Equatable {
        case idle
        case awaiting(Request)
        /// The peer that was asked has gone; its reply may have arrived before.
        case lost(Request)

        var request: Request? {
            switch self {
            case .idle: nil
            case .awaiting(let request), .lost(let request): request
            }
        }
    }

    /// What a request that is about to be sent finds.
    enum Turn {
        case free
        /// Another waits for its reply, and is to be given up first.
        case replaces(Request)
        case notYet
    }

    init(_ options: SocketOptions, seed: UInt32) {
        settings = options.requestSettings
        nextCorrelation = seed
    }

    var current: Stage { lock.withLock { stage } }
    /// The number of the request sent last.
    var latest: UInt64 { lock.withLock { lastSerial } }
    var isRelaxed: Bool { lock.withLock { settings.isRelaxed } }
    var probes: Bool { lock.withLock { settings.probes } }

    func update(_ settings: Settings) {
        lock.withLock { self.settings = settings }
    }

    // MARK: Asking

    /// Whether a request may be sent now.
    var maySend: Bool {
        lock.withLock {
            if settings.isRelaxed { return true }
            if case .awaiting = stage { return false }
            return true
        }
    }

    /// The turn of a request about to be sent. One that it replaces is no longer waited for.
    func takeTurn() -> Turn {
        lock.withLock {
            guard case .awaiting(let former) = stage else { return .free }
            guard settings.isRelaxed else { return .notYet }
            // The number tells the replies apart.
            guard former.correlation == nil else { return .free }
            stage = .idle
            return .replaces(former)
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
        lock.withLock {
            lastSerial &+= 1
            stage = .awaiting(Request(slot: slot, correlation: correlation, serial: lastSerial))
        }
    }

    // MARK: Ending

    /// The request to which a message of the peer at `slot` may be the reply.
    func expected(from slot: Int) -> Request? {
        lock.withLock {
            guard let request = stage.request, request.slot == slot,
                severed.isEmpty || !severed.contains(slot)
            else { return nil }
            return request
        }
    }

    /// The reply to `request` has come; false when it is not waited for any more.
    func finish(_ request: Request) -> Bool {
        lock.withLock {
            guard stage.request == request else { return false }
            stage = .idle
            return true
        }
    }

    /// There will be no reply; false while there is a request that can still be answered.
    func finishLost() -> Bool {
        lock.withLock {
            guard case .lost = stage else { return false }
            stage = .idle
            return true
        }
    }

    /// Nobody waits for the reply to the request `serial` any more; the request, if its reply can
    /// still come.
    func giveUp(_ serial: UInt64) -> Request? {
        lock.withLock {
            guard stage.request?.serial == serial else { return nil }
            defer { stage = .idle }
            guard case .awaiting(let request) = stage else { return nil }
            return request
        }
    }

    /// A peer has gone; true when the reply was to come from it.
    func lose(_ slot: Int) -> Bool {
        lock.withLock {
            guard case .awaiting(let request) = stage, request.slot == slot else { return false }
            stage = .lost(request)
            return true
        }
    }

    // MARK: Connections that are being ended

    func sever(_ slot: Int) {
        lock.withLock { _ = severed.insert(slot) }
    }

    /// The connection that was being ended has gone; true when there was one. What it brought is to
    /// be thrown away at the same moment.
    func mend(_ slot: Int) -> Bool {
        lock.withLock { severed.remove(slot) != nil }
    }
}
