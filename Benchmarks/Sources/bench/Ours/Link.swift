import ZeroMQ

/// Connected sockets of ours: the near one binds, the far ones connect.
struct Link<Near: ZeroMQSocket, Far: ZeroMQSocket>: Sendable {
    let near: Near
    let peers: [Far]
    let far: Far
    /// What the peers connect to.
    let endpoint: String
    /// Those of the near end and of the far end, which may be the same.
    let contexts: (near: Context, far: Context)

    init(
        _ round: Round,
        near makeNear: (Context, SocketOptions) throws -> Near,
        far makeFar: (Context, SocketOptions) throws -> Far
    ) throws {
        var contextOptions = ContextOptions()
        contextOptions.ioThreads = round.load.ioThreads
        contextOptions.busyWait = round.load.busyWait
        if round.load.usesIOUring { contextOptions.poller = .ioUring }
        var options = SocketOptions()
        if let mark = round.load.highWaterMark {
            options.sendHighWaterMark = mark
            options.receiveHighWaterMark = mark
        }
        let context = try Context(contextOptions)
        let other = round.load.sharesContext ? context : try Context(contextOptions)
        contexts = (context, other)
        near = try makeNear(context, options)
        let endpoint = try near.bind(round.transport.endpoint)
        far = try makeFar(other, options)
        peers = try [far] + (1..<round.load.peers).map { _ in try makeFar(other, options) }
        self.endpoint = endpoint
        if round.load.connectsLater { return }
        for peer in peers { try peer.connect(endpoint) }
    }

    /// Closes all ends at once, which also ends whoever waits in a call on them.
    func closeBlocking() {
        for peer in peers { peer.closeBlocking(linger: .zero) }
        near.closeBlocking(linger: .zero)
        contexts.far.shutdownBlocking(grace: .seconds(5))
        contexts.near.shutdownBlocking(grace: .seconds(5))
    }

    func close() async {
        for peer in peers { await peer.close(linger: .zero) }
        await near.close(linger: .zero)
        await contexts.far.shutdown(grace: .seconds(5))
        await contexts.near.shutdown(grace: .seconds(5))
    }
}

/// Push sockets that connect to a pull socket that is bound.
func pipeline(_ round: Round) throws -> Link<PullSocket, PushSocket> {
    try Link(
        round, near: { try PullSocket($0, options: $1) }, far: { try PushSocket($0, options: $1) })
}

/// A request socket that connects to a reply socket that is bound.
func service(_ round: Round) throws -> Link<ReplySocket, RequestSocket> {
    try Link(
        round, near: { try ReplySocket($0, options: $1) },
        far: { try RequestSocket($0, options: $1) })
}

/// Dealer sockets that connect to a router socket that is bound.
func dialogue(_ round: Round) throws -> Link<RouterSocket, DealerSocket> {
    try Link(
        round, near: { try RouterSocket($0, options: $1) },
        far: { try DealerSocket($0, options: $1) })
}

/// Subscribers that connect to a publisher that is bound.
func broadcast(_ round: Round) throws -> Link<PublisherSocket, SubscriberSocket> {
    try Link(
        round, near: { try PublisherSocket($0, options: $1) },
        far: { try SubscriberSocket($0, options: $1) })
}
