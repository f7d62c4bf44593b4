/// All that a session needs to know of its socket; a value, taken once when the connection begins.
struct SessionConfiguration: Hashable, Sendable {
    var socketType: SocketType
    var role: SessionRole
    /// Announced as `Identity` by REQ, DEALER and ROUTER; empty if the application set none.
    ///
    /// 0 to 255 bytes, the first not zero (`ZMQ_ROUTING_ID`).
    var routingID: [UInt8] = []
    /// Properties of the application, with names that begin with `X-` (`ZMQ_METADATA`).
    var metadata: [MetadataProperty] = []
    var mechanism: MechanismConfiguration = .null
    var limits = WireLimits()
    var strictness = WireStrictness()
    /// From start to end of the handshake, however slowly bytes drip in; `nil` for no limit.
    ///
    /// Default 30 s (`ZMQ_HANDSHAKE_IVL`).
    var handshakeTimeout: Duration? = .seconds(30)
    /// Between two PINGs; `nil` or not above zero for none (`ZMQ_HEARTBEAT_IVL`).
    var heartbeatInterval: Duration?
    /// From a PING to the latest sign of life; `nil` for the interval, zero for no limit
    /// (`ZMQ_HEARTBEAT_TIMEOUT`).
    var heartbeatTimeout: Duration?
    /// How long the peer shall wait for us, sent in tenths of a second, at most 65.5 s; `nil` for
    /// none (`ZMQ_HEARTBEAT_TTL`).
    var heartbeatTTL: Duration?
    /// Bytes above which the body of a frame that is not all there is announced, not awaited.
    var largeFrameThreshold = 8192
    /// Whether a lost connection is made again after the peer broke the protocol.
    ///
    /// libzmq gives up for good then; here a peer that misbehaved once, or another program that
    /// held its port for a while, does not end the socket's work.
    var reconnectsAfterViolation = true
    /// Whether messages from the peer are wanted; otherwise they are dropped and counted.
    var receivesMessages: Bool
    /// Whether subscriptions from the peer are wanted, as commands or as messages.
    var consumesSubscriptions: Bool

    init(socketType: SocketType, role: SessionRole) {
        self.socketType = socketType
        self.role = role
        receivesMessages = socketType.receivesMessages
        consumesSubscriptions = socketType.consumesSubscriptions
    }
}
