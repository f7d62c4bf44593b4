/// Keeps one connecting endpoint connected: resolves, tries every address, and tries again after a
/// growing, jittered delay, for as long as the policy allows. Lives on one I/O thread.
final class Connector: IOHandler, ConnectionOwner, @unchecked Sendable {
    // Unchecked: everything mutable is touched on `thread` only; other threads post.
    let thread: IOThread
    let endpoint: String
    private let target: ConnectTarget
    private let settings: TransportSettings
    private let context: any TransportContext
    private let host: any ConnectionHost
    private let onClosed: @Sendable () -> Void
    private let onReconnect: @Sendable () -> Void

    /// The queues that outlive each connection; nil where messages wait for none.
    let queues: Peer?
    /// The same, until they are given up.
    private var peer: Peer?
    private var connection: Connection?
    private var remaining: [SocketAddress] = []
    private var backoff: ReconnectBackoff
    private var random: SplitMix64
    private var lastFailure = "no address"
    private var attempt = 0
    private var retryTimer: TimerID?
    private var lingerTimer: TimerID?
    private var closeDeadline: Instant?
    private var isFinished = false

    private enum Tag {
        static let retry: UInt8 = 1
        static let linger: UInt8 = 2
    }

    init(
        target: ConnectTarget, endpoint: String, settings: TransportSettings, peer: Peer?,
        thread: IOThread, context: any TransportContext, host: any ConnectionHost,
        onReconnect: @escaping @Sendable () -> Void, onClosed: @escaping @Sendable () -> Void
    ) {
        self.target = target
        self.endpoint = endpoint
        self.settings = settings
        queues = peer
        self.peer = peer
        self.thread = thread
        self.context = context
        self.host = host
        self.onReconnect = onReconnect
        self.onClosed = onClosed
        backoff = ReconnectBackoff(settings.reconnect)
        random = SplitMix64(seed: context.randomSeed())
    }

    // MARK: Trying

    /// Begins to connect. On the I/O thread.
    func start() {
        guard !isFinished else { return }
        attempt += 1
        emit(.connecting)
        do throws(EndpointError) {
            switch try target.destination() {
            case .address(let address):
                remaining = [address]
                tryNext()
            case .name(let host, let port):
                resolve(ResolveQuery(host: host, port: port, ipv6: settings.usesIPv6))
            }
        } catch {
            lastFailure = error.reason
            failed(.connectFailed(IOError(.addressNotAvailable, during: .connect)))
        }
    }

    private func resolve(_ query: ResolveQuery) {
        let current = attempt
        _ = context.resolver.resolve(query) { result in
            self.thread.post {
                guard current == self.attempt, !self.isFinished else { return }
                switch result {
                case .success(let addresses):
                    self.remaining = addresses
                    self.tryNext()
                case .failure(let error):
                    self.lastFailure = error.description
                    self.failed(.connectFailed(IOError(.unreachable, during: .connect)))
                }
            }
        }
    }

    private func tryNext() {
        guard !remaining.isEmpty else {
            return failed(.connectFailed(IOError(.unreachable, during: .connect)))
        }
        let address = remaining.removeFirst()
        guard let handle = openStream(for: address) else {
            if !remaining.isEmpty { return tryNext() }
            return failed(.connectFailed(IOError(.addressNotAvailable, during: .connect)))
        }
        let fresh = Connection(
            handle: handle, phase: .connecting, session: settings.session, isRaw: settings.isRaw,
            endpoint: endpoint, thread: thread, host: host, owner: self, peer: peer)
        connection = fresh
        fresh.startConnecting(
            to: address, deadline: settings.connectTimeout.map { thread.now().advanced(by: $0) })
    }

    private func openStream(for address: SocketAddress) -> Handle? {
        var options = settings.stream
        do throws(EndpointError) {
            options.source = try target.source(for: address)
        } catch {
            lastFailure = error.reason
            return nil
        }
        do throws(IOError) {
            return try thread.poller.openStream(for: address, options)
        } catch {
            lastFailure = error.description
            return nil
        }
    }

    // MARK: ConnectionOwner

    func connectionEstablished(_ connection: Connection) {
        backoff.succeeded()
        remaining = []
        if let closeDeadline { connection.close(until: closeDeadline) }
    }

    func connectionEnded(_ ended: Connection, _ end: ConnectionEnd) {
        guard connection === ended || connection == nil else { return }
        connection = nil
        lastFailure = end.reason
        if ended.wasEstablished {
            emit(.disconnected, reason: end.reason)
        } else if end.isOfHandshake {
            emit(.handshakeFailed, reason: end.reason)
        }
        if isFinished { return closed() }
        if !ended.wasEstablished, case .connectFailed = end, !remaining.isEmpty {
            return tryNext()
        }
        failed(end)
    }

    private func failed(_ end: ConnectionEnd) {
        if let closeDeadline {
            // A connection lost while it was closing: what is queued may wait for another, but no
            // longer than it might have waited for the first.
            guard hasQueuedMessages, closeDeadline > thread.now() else { return finish() }
            armLinger(until: closeDeadline)
        }
        guard end.allowsReconnect, let delay = backoff.failed(using: &random) else {
            return stop()
        }
        onReconnect()
        emit(.connectRetried, reason: lastFailure, delay: delay)
        retryTimer = thread.armTimer(at: thread.now().advanced(by: delay), self, tag: Tag.retry)
    }

    /// No further attempt: the queues have nobody to wait for.
    private func stop() {
        emit(.connectStopped, reason: lastFailure)
        if let peer { host.abandon(peer) }
        peer = nil
        if closeDeadline != nil { finish() }
    }

    func completed(_ outcome: IOOutcome) {}

    func timerFired(_ tag: UInt8) {
        switch tag {
        case Tag.retry:
            retryTimer = nil
            start()
        default:
            lingerTimer = nil
            finish()
        }
    }

    // MARK: Closing

    private var hasQueuedMessages: Bool {
        guard let pipe = peer?.outbound, let side = host.sendSide else { return false }
        return side.lock.withLock { pipe.queuedMessages > 0 }
    }

    /// Ends once what is queued has left, at most at `deadline`. On the I/O thread.
    func close(until latest: Instant) {
        let deadline = min(closeDeadline ?? latest, latest)
        closeDeadline = deadline
        guard !isFinished else { return }
        if let peer { host.withdraw(peer) }
        if let connection, connection.wasEstablished {
            connection.close(until: deadline)
            return
        }
        guard hasQueuedMessages, deadline > thread.now() else { return finish() }
        // Queued messages wait for the connection that is still being made.
        armLinger(until: deadline)
    }

    private func armLinger(until deadline: Instant) {
        if let lingerTimer { thread.cancelTimer(lingerTimer) }
        lingerTimer =
            deadline == .distantFuture
            ? nil : thread.armTimer(at: deadline, self, tag: Tag.linger)
    }

    private func finish() {
        guard !isFinished else { return }
        isFinished = true
        if let retryTimer { thread.cancelTimer(retryTimer) }
        if let lingerTimer { thread.cancelTimer(lingerTimer) }
        if let connection {
            connection.finish(.closedByUs)
        } else {
            closed()
        }
    }

    /// Nothing works for the endpoint any more: what is still queued is lost.
    private func closed() {
        if let peer { host.abandon(peer) }
        peer = nil
        onClosed()
    }

    private func emit(
        _ kind: SocketEvent.Kind, reason: String? = nil, delay: Duration? = nil
    ) {
        guard host.hasEventListeners else { return }
        var event = SocketEvent(kind, endpoint: endpoint)
        event.reason = reason
        event.delay = delay
        host.emit(event)
    }
}
