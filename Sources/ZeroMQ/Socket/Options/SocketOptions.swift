/// How a socket behaves. A plain value: change what you need, hand it to the socket.
///
/// Values are checked where they are given to a socket, which throws `invalidOption` and names the
/// property and its range. Options marked *at once* act on existing connections when changed with
/// ``ZeroMQSocket/updateOptions(_:)``; all others concern later `bind` and `connect` calls.
public struct SocketOptions: Sendable, Hashable {
    // MARK: Identity

    /// The id this socket announces to a ROUTER (`ZMQ_ROUTING_ID`). Default none. REQ, DEALER,
    /// ROUTER.
    public var routingID: RoutingID?
    /// The id under which a ROUTER or STREAM knows the peer of its next `connect`
    /// (`ZMQ_CONNECT_ROUTING_ID`). Default none; used up by that call.
    public var connectRoutingID: RoutingID?
    /// Properties for the peer, names beginning with `X-` (`ZMQ_METADATA`). Default none.
    public var metadata: [String: String] = [:]

    // MARK: Queues

    /// Messages queued for one peer before the socket waits or drops (`ZMQ_SNDHWM`).
    /// Default 1000, 0 for no limit. *At once.*
    public var sendHighWaterMark = 1000
    /// Messages from one peer that wait to be received before reading from it pauses
    /// (`ZMQ_RCVHWM`). Default 1000, 0 for no limit. *At once.*
    ///
    /// The mark limits memory, and small messages take little: up to 256 KiB of them are read
    /// ahead, four times the mark at most, where libzmq leaves them to the system's buffer. What
    /// one read brings is kept whole, so that up to 64 KiB more may lie beyond. Exact over inproc.
    public var receiveHighWaterMark = 1000
    /// Bytes queued for one peer before the socket waits or drops, beside the message count.
    /// Default 64 MiB, at least 64 KiB. A single larger message passes an empty queue.
    public var sendByteLimit = 64 << 20
    /// Bytes from one peer that wait to be received before reading from it pauses, beside the
    /// message count (XPUB: with its subscriptions). Default 64 MiB, at least 64 KiB.
    ///
    /// It also limits what peers that have gone may leave behind, all together, as set when the
    /// socket was made: beyond that, reading from new connections waits (XPUB: notices of
    /// subscriptions are dropped).
    public var receiveByteLimit = 64 << 20
    /// Keep only the newest message of each queue (`ZMQ_CONFLATE`). Default false. Multipart
    /// messages are kept whole. Such a queue is never full: high-water marks and `sendByteLimit`
    /// have no effect on it. PUSH, PULL, PUB, SUB, DEALER.
    public var conflate = false
    /// Queue only for peers whose connection is complete (`ZMQ_IMMEDIATE`). Default false.
    public var immediate = false

    // MARK: Times

    /// How long closing waits for queued messages to leave (`ZMQ_LINGER`). Default nil: until they
    /// have; zero discards them. *At once.*
    public var linger: Duration?
    /// How long a send waits (`ZMQ_SNDTIMEO`). Default nil: for ever. *At once.*
    public var sendTimeout: Duration?
    /// How long a receive waits (`ZMQ_RCVTIMEO`). Default nil: for ever. *At once.*
    public var receiveTimeout: Duration?
    /// The delay before a connection is tried again (`ZMQ_RECONNECT_IVL`). Default 100 ms; nil for
    /// never. Always with jitter.
    public var reconnectInterval: Duration? = .milliseconds(100)
    /// What that delay may grow to, doubling at each failure (`ZMQ_RECONNECT_IVL_MAX`). Default
    /// nil: it does not grow.
    public var reconnectIntervalMax: Duration?
    /// How long a TCP connect may take (`ZMQ_CONNECT_TIMEOUT`). Default nil: the system's own
    /// limit.
    public var connectTimeout: Duration?
    /// How long from connection to the end of the handshake (`ZMQ_HANDSHAKE_IVL`). Default 30 s;
    /// nil for no limit.
    public var handshakeTimeout: Duration? = .seconds(30)
    /// The time between heartbeats (`ZMQ_HEARTBEAT_IVL`). Default nil: none.
    public var heartbeatInterval: Duration?
    /// How long to wait for life after a heartbeat (`ZMQ_HEARTBEAT_TIMEOUT`). Default nil: the
    /// interval.
    public var heartbeatTimeout: Duration?
    /// How long the peer is asked to wait for us (`ZMQ_HEARTBEAT_TTL`). Default nil: not asked;
    /// zero to 6553.5 s, sent in tenths of a second, rounded up, and as at most 65.5 s.
    public var heartbeatTTL: Duration?

    // MARK: Limits on peers

    /// Bytes of one frame (`ZMQ_MAXMSGSIZE`). Default 64 MiB, at least 1; nil for no limit. A peer
    /// that announces more is disconnected.
    public var maxMessageSize: Int? = 64 << 20
    /// Connections in their handshake, per listener. Default 8192, at least 1; what comes beyond
    /// waits in the backlog, and handshakes that have taken half a second by then are closed, the
    /// oldest first. So they are when the descriptors run out.
    ///
    /// Each takes a descriptor and 2 to 6 KB. A crowd that fills the backlog (4096 as well) is told
    /// to come again in a second: ten thousand at once were let in 2.3 times as fast as with 1024.
    public var maxPendingHandshakes = 8192
    /// Bytes of memory that the subscriptions of all peers may take together. Default 256 MiB, at
    /// least 64 KiB: about three million topics of up to 24 bytes, or more than six million
    /// subscriptions to topics that others hold as well. A peer that goes beyond is disconnected,
    /// with an event that says why. PUB, XPUB.
    public var subscriptionByteLimit = 256 << 20
    /// All other limits on what a peer may send.
    public var peerLimits = PeerLimits()

    // MARK: Patterns

    /// An unroutable message is an error and a full peer is waited for (`ZMQ_ROUTER_MANDATORY`).
    /// Default false. *At once.* ROUTER.
    public var routerMandatory = false
    /// A new connection with a known id takes over (`ZMQ_ROUTER_HANDOVER`). Default false: it is
    /// refused. *At once.* ROUTER.
    public var routerHandover = false
    /// Send one empty message on each new connection (`ZMQ_PROBE_ROUTER`). Default false. *At
    /// once.* ROUTER, DEALER, REQ.
    public var probeRouter = false
    /// Number the requests and accept only the matching reply (`ZMQ_REQ_CORRELATE`). Default false:
    /// giving a request up that has left ends the connection it left by, or its late reply could be
    /// taken for that of the next. *At once.* REQ.
    public var requestCorrelate = false
    /// A new request may replace one that waits (`ZMQ_REQ_RELAXED`): that one is given up, even if
    /// the new one has to wait for a peer. Default false. *At once.* REQ.
    public var requestRelaxed = false
    /// Show repeated subscriptions to the application (`ZMQ_XPUB_VERBOSE`). Default false. *At
    /// once.* XPUB.
    public var xpubVerbose = false
    /// Show repeated subscriptions and cancellations (`ZMQ_XPUB_VERBOSER`). Default false. *At
    /// once.* XPUB.
    public var xpubVerboser = false
    /// Wait for a full subscriber instead of dropping (`ZMQ_XPUB_NODROP`). Default false. *At
    /// once.* XPUB, PUB.
    public var xpubNoDrop = false
    /// The application confirms subscriptions itself (`ZMQ_XPUB_MANUAL`). Default false. *At
    /// once.* XPUB.
    public var xpubManual = false
    /// Sent to each new subscriber (`ZMQ_XPUB_WELCOME_MSG`). Default none. XPUB, PUB.
    public var xpubWelcomeMessage: [UInt8]?
    /// Deliver what does not match; both ends must agree (`ZMQ_INVERT_MATCHING`). Default false.
    /// PUB, XPUB, SUB.
    public var invertMatching = false
    /// Show connects and disconnects as empty messages (`ZMQ_STREAM_NOTIFY`). Default true. *At
    /// once.* STREAM.
    public var streamNotify = true

    // MARK: Transport

    /// Also use IPv6 (`ZMQ_IPV6`). Default false.
    public var ipv6 = false
    /// Connections that wait to be accepted (`ZMQ_BACKLOG`). Default 4096, clipped by the system.
    public var backlog = 4096
    /// Whether further listeners, of this process or of others of the same user, may bind to the
    /// same TCP address and port, provided that they all say so (`SO_REUSEPORT`). Default false.
    ///
    /// Linux spreads the connections that come over them, so that several processes serve one port;
    /// a connection stays where it began. Elsewhere the system decides who gets it. On Windows, and
    /// where the system has no such option, `bind` throws `unsupported`.
    ///
    /// Only equal addresses share: of `*` and `127.0.0.1` the latter gets all that is for it, and
    /// nobody is told that the other gets nothing. A listener that does not accept keeps its share
    /// waiting; what waits is reset when it unbinds, and those peers connect again.
    public var reusePort = false
    /// Bytes of the kernel's send buffer (`ZMQ_SNDBUF`). Default nil: the system's choice.
    public var sendBuffer: Int?
    /// Bytes of the kernel's receive buffer (`ZMQ_RCVBUF`). Default nil: the system's choice.
    public var receiveBuffer: Int?
    /// Whether the kernel probes idle TCP connections, and how (`ZMQ_TCP_KEEPALIVE` and kin).
    /// Default: the system's choice.
    public var tcpKeepAlive = TCPKeepAlive()
    /// The kernel gives up on unacknowledged data after this (`ZMQ_TCP_MAXRT`). Default nil.
    public var tcpMaxRetransmit: Duration?
    /// The type of service byte (`ZMQ_TOS`), 0 to 255. Default 0.
    public var typeOfService: Int = 0
    /// The queueing priority (`ZMQ_PRIORITY`). Default nil. Linux.
    public var priority: Int?
    /// Use only this network device (`ZMQ_BINDTODEVICE`). Default nil. Linux, needs privilege.
    public var bindToDevice: String?
    /// Which I/O threads may serve the socket, bit n for thread n (`ZMQ_AFFINITY`). Default 0: any.
    public var affinity: UInt64 = 0

    /// The defaults.
    public init() {}
}

/// The kernel's probes on idle TCP connections.
public struct TCPKeepAlive: Sendable, Hashable {
    /// Whether to probe (`ZMQ_TCP_KEEPALIVE`). Default nil: the system's choice.
    public var isEnabled: Bool?
    /// Quiet time before the first probe (`ZMQ_TCP_KEEPALIVE_IDLE`). Default nil.
    public var idle: Duration?
    /// Time between probes (`ZMQ_TCP_KEEPALIVE_INTVL`). Default nil.
    public var interval: Duration?
    /// Unanswered probes before the connection is given up (`ZMQ_TCP_KEEPALIVE_CNT`). Default nil.
    public var count: Int?

    /// The system's choice in everything.
    public init() {}
}
