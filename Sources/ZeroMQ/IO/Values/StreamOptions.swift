/// What a stream socket is set to. `nil` leaves the system's default.
///
/// Small packets are never held back (`TCP_NODELAY` is always on): batching is done above.
struct StreamOptions: Hashable, Sendable {
    /// The kernel's send buffer in bytes (`ZMQ_SNDBUF`).
    var sendBuffer: Int?
    /// The kernel's receive buffer in bytes (`ZMQ_RCVBUF`).
    var receiveBuffer: Int?
    var keepAlive = KeepAlive()
    /// The type of service, or the IPv6 traffic class (`ZMQ_TOS`).
    var typeOfService: UInt8?
    /// The protocol-defined priority of all packets, Linux only (`ZMQ_PRIORITY`).
    var priority: Int32?
    /// How long sent data may stay unacknowledged before the connection is dropped
    /// (`ZMQ_TCP_MAXRT`).
    var maximumRetransmitTime: Duration?
    /// The network device to be bound to, Linux only (`ZMQ_BINDTODEVICE`).
    var device: String?
    /// The address to connect from.
    var source: SocketAddress?

    init() {}
}

/// The TCP keep-alive settings; `nil` leaves the system's default.
struct KeepAlive: Hashable, Sendable {
    /// Whether probes are sent at all (`ZMQ_TCP_KEEPALIVE`).
    var isEnabled: Bool?
    /// The idle time before the first probe, in whole seconds (`ZMQ_TCP_KEEPALIVE_IDLE`).
    var idle: Duration?
    /// The time between probes, in whole seconds (`ZMQ_TCP_KEEPALIVE_INTVL`).
    var interval: Duration?
    /// The unanswered probes after which the connection is dropped (`ZMQ_TCP_KEEPALIVE_CNT`).
    var count: Int32?

    init() {}
}

/// What a listening socket is set to.
struct ListenOptions: Hashable, Sendable {
    /// Connections the kernel holds until they are accepted (`ZMQ_BACKLOG`).
    ///
    /// The system clips it (`somaxconn` on Linux). The default is large, so that a storm of
    /// connects is not slowed by retried SYNs.
    var backlog: Int32 = 4096
    /// Whether other listeners that say so, too, may have the same address and port.
    var reusesPort = false
    /// Whether an IPv6 wildcard leaves the IPv4 port alone.
    var ipv6Only = false
    /// The buffers accepted connections inherit; set before listening, for the TCP window scale.
    var stream = StreamOptions()

    init() {}
}
