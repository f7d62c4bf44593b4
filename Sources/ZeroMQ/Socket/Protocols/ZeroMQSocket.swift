/// What all sockets have in common: endpoints, options, events and an end.
///
/// Sockets may be used from any number of threads and tasks at once. A socket that is dropped
/// without being closed closes itself in the background, as its linger option says.
public protocol ZeroMQSocket: AnyObject, Sendable {
    /// The type-erased socket.
    var core: SocketCore { get }
}

extension ZeroMQSocket {
    /// Listens at an endpoint (`zmq_bind`).
    ///
    /// `tcp://127.0.0.1:5555`, `tcp://*:*`, `tcp://eth0:5555`, `ipc:///path`, `ipc://@abstract`,
    /// `ipc://*`, `inproc://name`.
    ///
    /// - Returns: the endpoint as others connect to it, with port and path filled in.
    /// - Throws: `invalidEndpoint`, `addressInUse`, `addressNotAvailable`, `permissionDenied`,
    ///   `unsupported`; all at once, never later.
    @discardableResult
    public func bind(_ endpoint: String) throws(ZeroMQError) -> String {
        try core.bind(endpoint)
    }

    /// Connects to an endpoint, and again whenever the connection is lost (`zmq_connect`).
    ///
    /// Returns at once; messages may be sent before the peer is there. What fails is seen in
    /// ``events`` and tried again.
    ///
    /// - Throws: `invalidEndpoint`, `unsupported`.
    public func connect(_ endpoint: String) throws(ZeroMQError) {
        try core.connect(endpoint)
    }

    /// Stops listening at an endpoint and closes what was accepted there (`zmq_unbind`).
    ///
    /// The port is free when it returns; not yet so on one of the context's I/O threads, which it
    /// does not wait for.
    ///
    /// - Throws: `endpointNotFound`.
    public func unbind(_ endpoint: String) throws(ZeroMQError) {
        try core.unbind(endpoint)
    }

    /// Ends a connection; messages queued for it still leave, as linger allows (`zmq_disconnect`).
    ///
    /// - Throws: `endpointNotFound`.
    public func disconnect(_ endpoint: String) throws(ZeroMQError) {
        try core.disconnect(endpoint)
    }

    /// The endpoint of the latest bind or connect, resolved (`ZMQ_LAST_ENDPOINT`).
    public var lastEndpoint: String? { core.lock.withLock { core.state.lastEndpoint } }

    /// The name of the socket's type, for example `DEALER` (`ZMQ_TYPE`).
    public var typeName: String { core.type.wireName }

    /// The options as they are now.
    public var options: SocketOptions { core.options }

    /// Changes options. Those marked *at once* act on existing connections, the others on later
    /// ones. `change` is called again when somebody else changed them meanwhile.
    ///
    /// - Throws: `invalidOption`; nothing has changed then.
    public func updateOptions(_ change: (inout SocketOptions) -> Void) throws(ZeroMQError) {
        try core.updateOptions(change)
    }

    /// What happens to the socket's connections, from now on until it is closed.
    public var events: SocketEvents { core.hub.subscribe() }

    /// What the socket has counted.
    public var statistics: SocketStatistics { core.statistics }

    /// Closes the socket and returns when everything of it is gone.
    ///
    /// Queued messages have `linger` to leave (nil: the option of that name, whose default is for
    /// ever); the streams end in good order, so that nothing under way to a peer is destroyed.
    /// Waiting calls throw `closed`. Closing twice is harmless and can only shorten the wait.
    /// Cancelling the task gives up what is left and still closes. In a forked child it returns at
    /// once, having done nothing.
    @discardableResult
    public func close(linger: Duration? = nil) async -> CloseReport {
        await core.close(linger: linger)
    }

    /// Like ``close(linger:)`` for threads that are not tasks.
    ///
    /// On one of the context's I/O threads it would wait for itself: there it begins to close and
    /// returns at once, and the report knows only the messages lost so far.
    @discardableResult
    public func closeBlocking(linger: Duration? = nil) -> CloseReport {
        core.closeBlocking(linger: linger)
    }
}
