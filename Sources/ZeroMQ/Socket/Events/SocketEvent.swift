/// Something that happened to a socket's connections (`zmq_socket_monitor`).
public struct SocketEvent: Sendable, CustomStringConvertible {
    /// What happened.
    public let kind: Kind
    /// The endpoint as it was given to `bind` or `connect`, with ports filled in.
    public var endpoint: String
    /// The other side's address, where it is known.
    public var peerAddress: String?
    /// The peer's routing id, where it has one.
    public var routingID: RoutingID?
    /// Why, in words, where something failed or ended.
    public var reason: String?
    /// The delay before the next attempt, for `.connectRetried`.
    public var delay: Duration?

    init(_ kind: Kind, endpoint: String) {
        self.kind = kind
        self.endpoint = endpoint
    }

    public var description: String {
        var text = "\(kind) \(endpoint)"
        if let peerAddress { text += " peer \(peerAddress)" }
        if let routingID { text += " id \(routingID)" }
        if let delay { text += " in \(delay)" }
        if let reason { text += ": \(reason)" }
        return text
    }
}

extension SocketEvent {
    /// An open set of kinds: compare with `==`, and expect that more are added.
    public struct Kind: Hashable, Sendable, CustomStringConvertible {
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// Bound and listening (`ZMQ_EVENT_LISTENING`).
        public static let listening = Kind("listening")
        /// `bind` failed, and threw the same reason (`ZMQ_EVENT_BIND_FAILED`).
        public static let bindFailed = Kind("bindFailed")
        /// No longer listening (`ZMQ_EVENT_CLOSED`).
        public static let closed = Kind("closed")
        /// A connection was accepted; its handshake begins (`ZMQ_EVENT_ACCEPTED`).
        public static let accepted = Kind("accepted")
        /// Accepting failed (`ZMQ_EVENT_ACCEPT_FAILED`).
        public static let acceptFailed = Kind("acceptFailed")
        /// Out of descriptors (but for ``ContextOptions/descriptorReserve``) or memory: accepting
        /// rests for a while and goes on by itself.
        public static let acceptPaused = Kind("acceptPaused")
        /// A connection attempt has begun (`ZMQ_EVENT_CONNECT_DELAYED`).
        public static let connecting = Kind("connecting")
        /// Connected; the handshake begins (`ZMQ_EVENT_CONNECTED`).
        public static let connected = Kind("connected")
        /// An attempt failed or a connection was lost; the next attempt is at hand
        /// (`ZMQ_EVENT_CONNECT_RETRIED`).
        public static let connectRetried = Kind("connectRetried")
        /// No further attempt will be made.
        public static let connectStopped = Kind("connectStopped")
        /// The handshake is over; messages flow (`ZMQ_EVENT_HANDSHAKE_SUCCEEDED`).
        public static let handshakeSucceeded = Kind("handshakeSucceeded")
        /// The handshake failed (`ZMQ_EVENT_HANDSHAKE_FAILED_*`).
        public static let handshakeFailed = Kind("handshakeFailed")
        /// The socket itself refused the peer: a second one for PAIR, a known routing id.
        public static let peerRefused = Kind("peerRefused")
        /// An established connection has ended (`ZMQ_EVENT_DISCONNECTED`).
        public static let disconnected = Kind("disconnected")
    }
}
