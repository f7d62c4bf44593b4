/// Why a connection must be closed, what to say first, and whether to come back.
struct SessionFailure: Error, Hashable, Sendable {
    enum Code: Hashable, Sendable {
        /// The first bytes are not a greeting of ZMTP 2 or later: HTTP, TLS, ZMTP 1.0.
        case notZMTP
        /// A greeting of a version below 3.
        case unsupportedVersion(major: UInt8)
        /// The peer uses another security mechanism.
        case mechanismMismatch(ours: MechanismName, theirs: MechanismName)
        /// The peer broke the rules of framing, commands or order.
        case protocolViolation(WireError)
        /// The peer's handshake metadata cannot be accepted.
        case invalidMetadata(WireError)
        /// The two socket types do not talk to each other; the name is the peer's, as it came.
        case incompatibleSocketType(name: [UInt8])
        /// The peer refused us, in its own words.
        case peerError(reason: [UInt8])
        /// The handshake took longer than its limit.
        case handshakeTimeout
        /// No byte came in the time after a PING.
        case heartbeatTimeout
        /// No byte came in the time that the peer itself had asked us to wait.
        case ttlExpired
        /// A frame larger than the limit was announced.
        case oversize(announced: UInt64)
    }

    var code: Code
    /// An ERROR command to send before closing; empty if there is nothing to say.
    var reply: [UInt8] = []
    /// Whether a connector should try again; a listener has no use for it.
    var retry: ReconnectAdvice = .reconnect
}
