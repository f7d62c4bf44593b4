/// Accepts connections for one bound endpoint. Lives on one I/O thread; the connections it accepts
/// may live on others.
final class Listener: IOHandler, ConnectionOwner, @unchecked Sendable {
    // Unchecked: everything mutable is touched on `thread` only, other threads post; but for what
    // `lock` guards.
    let thread: IOThread
    let endpoint: String
    private let handle: Handle
    private let context: any TransportContext
    let host: any ConnectionHost
    let settings: TransportSettings
    private let onClosed: @Sendable () -> Void

    private(set) var entry: EntryID?
    var handshaking: [ObjectIdentifier: Connection] = [:]
    /// The unfinished handshakes, the oldest first, and others that are over.
    var handshakeOrder: [(id: ObjectIdentifier, since: Instant)] = []
    private var established: [ObjectIdentifier: Connection] = [:]
    /// Why it does not accept now.
    var pauses: Pauses = []
    var pauseDelay = Listener.shortestPause
    private var hasBegun = false
    private(set) var closeDeadline: Instant?
    private var isRetired = false
    private var whenUnbound: [@Sendable () -> Void] = []

    // The peers of the accepted connections, so that whoever unbinds can withdraw them at once,
    // wherever they live. Guarded by the lock, which is taken before those of the socket.
    private let lock = Lock()
    private var peers: [ObjectIdentifier: Peer] = [:]
    private var isWithdrawn = false

    init(
        handle: Handle, endpoint: String, settings: TransportSettings, thread: IOThread,
        context: any TransportContext, host: any ConnectionHost,
        onClosed: @escaping @Sendable () -> Void
    ) {
        self.handle = handle
        self.endpoint = endpoint
        self.settings = settings
        self.thread = thread
        self.context = context
        self.host = host
        self.onClosed = onClosed
    }

    /// Closes a listener that was never started. Any thread.
    func discard() {
        thread.poller.close(handle)
    }

    /// Begins to accept. On the I/O thread.
    func start() {
        guard !hasBegun else { return }
        hasBegun = true
        do throws(IOError) {
            let entry = try thread.poller.register(handle, self, owned: true)
            self.entry = entry
            thread.poller.accept(on: entry)
        } catch {
            thread.poller.close(handle)
            isRetired = true
            emit(.acceptFailed, reason: error.description)
            closeIfDone()
        }
    }

    // MARK: IOHandler

    func completed(_ outcome: IOOutcome) {
        switch outcome {
        case .accepted(let stream): accepted(stream)
        case .acceptFailed(let error): acceptFailed(error)
        case .retired, .abandoned:
            isRetired = true
            emit(.closed)
            for tell in whenUnbound { tell() }
            whenUnbound = []
            closeIfDone()
        default: break
        }
    }

    private func accepted(_ stream: Handle) {
        guard closeDeadline == nil else { return thread.poller.close(stream) }
        if host.isOvercrowded { pauseInCrowd() }
        pauseDelay = Self.shortestPause
        thread.poller.tune(stream, settings.stream)
        let target = context.thread(for: settings.affinity)
        let connection = Connection(
            handle: stream, phase: .handshake, session: settings.session, isRaw: settings.isRaw,
            endpoint: endpoint, thread: target, host: host, owner: self)
        let id = ObjectIdentifier(connection)
        handshaking[id] = connection
        handshakeOrder.append((id, thread.turnTime))
        connection.emit(.accepted)
        limitHandshakes()
        if target === thread {
            connection.startAccepted()
        } else if !target.post({ connection.startAccepted() }) {
            thread.poller.close(stream)
            forget(connection)
        }
    }

    // MARK: ConnectionOwner

    func admit(_ connection: Connection, _ admission: () -> Admission) -> Admission? {
        lock.withLock {
            if isWithdrawn { return nil }
            let result = admission()
            if case .admitted(let peer) = result { peers[ObjectIdentifier(connection)] = peer }
            return result
        }
    }

    func connectionEstablished(_ connection: Connection) {
        onOwnThread {
            self.forget(connection)
            self.established[ObjectIdentifier(connection)] = connection
            if let deadline = self.closeDeadline { self.close(connection, until: deadline) }
        }
    }

    func connectionEnded(_ connection: Connection, _ end: ConnectionEnd) {
        let wasEstablished = connection.wasEstablished
        lock.withLock { peers[ObjectIdentifier(connection)] = nil }
        connection.emit(
            wasEstablished ? .disconnected : .handshakeFailed, reason: end.reason)
        onOwnThread {
            self.forget(connection)
            self.established[ObjectIdentifier(connection)] = nil
            self.closeIfDone()
        }
    }

    func forget(_ connection: Connection) {
        handshaking[ObjectIdentifier(connection)] = nil
        handshakeIsOver()
    }

    /// A connection may outlive the listener's I/O thread, if that breaks.
    private func onOwnThread(_ body: @escaping @Sendable () -> Void) {
        if thread.isCurrent { body() } else { thread.postEvenLate(body) }
    }

    // MARK: Closing

    /// When this returns no peer of the endpoint is given another message; what is queued for them
    /// still leaves. Any thread, no locks held.
    func withdrawPeers() {
        let withdrawn = lock.withLock {
            isWithdrawn = true
            return Array(peers.values)
        }
        for peer in withdrawn { host.withdraw(peer) }
    }

    /// Stops listening, and closes the accepted connections once what is queued for them has left,
    /// at most at `deadline`. On the I/O thread. `unbound` is called when the address is free.
    func close(until deadline: Instant, unbound: @escaping @Sendable () -> Void) {
        if !hasBegun {
            // Closed by another thread between bind's last two steps.
            hasBegun = true
            thread.poller.close(handle)
            isRetired = true
        }
        if entry == nil { unbound() } else { whenUnbound.append(unbound) }
        closeDeadline = min(closeDeadline ?? deadline, deadline)
        if let entry {
            self.entry = nil
            thread.poller.retire(entry)
        }
        // One that counts as unfinished here may have finished on its own thread meanwhile.
        for connection in handshaking.values { close(connection, until: deadline) }
        for connection in established.values { close(connection, until: deadline) }
        closeIfDone()
    }

    private func close(_ connection: Connection, until deadline: Instant) {
        if connection.thread === thread {
            connection.close(until: deadline)
        } else {
            connection.thread.post { connection.close(until: deadline) }
        }
    }

    private func closeIfDone() {
        guard isRetired, closeDeadline != nil, handshaking.isEmpty, established.isEmpty else {
            return
        }
        isRetired = false
        onClosed()
    }

    func emit(_ kind: SocketEvent.Kind, reason: String? = nil) {
        guard host.hasEventListeners else { return }
        var event = SocketEvent(kind, endpoint: endpoint)
        event.reason = reason
        host.emit(event)
    }
}
