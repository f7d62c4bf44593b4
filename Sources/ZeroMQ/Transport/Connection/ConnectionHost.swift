/// What a connection asks of the socket it works for. Called on the connection's I/O thread.
protocol ConnectionHost: AnyObject, Sendable {
    var sendSide: SendSide? { get }
    var receiveSide: ReceiveSide? { get }
    var chunks: ChunkPool { get }

    /// The handshake is over: gives the peer its queues, or says why it is refused.
    ///
    /// `waiting` is the peer of a connecting endpoint, whose queues exist already.
    func admit(
        _ description: PeerDescription, waiting: Peer?, through connection: any PipeDriver
    ) -> Admission

    /// The connection of an admitted peer has ended.
    func release(_ peer: Peer)

    /// The peer is being closed: it gets no new messages, only what is queued already.
    func withdraw(_ peer: Peer)

    /// The peer has gone, and what it sent is still to be received.
    func hasLeft(_ peer: Peer)

    /// Whether so many connections wait to be read that no more are to be accepted.
    var isOvercrowded: Bool { get }

    /// The id under which a router finds the peer.
    func routingID(of peer: Peer) -> RoutingID?

    /// A connecting endpoint has given up: its queues go.
    func abandon(_ peer: Peer)

    /// The peer subscribed; returns the limit that breaks.
    func subscribe(_ topic: [UInt8], for peer: Peer) -> SubscriptionLimitError?
    func cancel(_ topic: [UInt8], for peer: Peer)

    /// What of our subscriptions the peer is to be told next.
    func takeSubscriptionChanges(_ feed: SubscriptionFeed) -> [SubscriptionChange]

    /// Messages were dropped before they reached a queue.
    func dropped(_ count: Int, _ reason: DropReason)
    func ignoredFrame()
    func handshakeFailed()
    func emit(_ event: SocketEvent)
    var hasEventListeners: Bool { get }
}

/// The answer to a peer that has completed its handshake.
enum Admission {
    case admitted(Peer)
    case refused(String)
}
