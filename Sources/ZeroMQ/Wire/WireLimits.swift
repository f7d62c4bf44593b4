/// What one peer may make this side hold or do; every number is checked before memory is reserved.
///
/// A size of exactly the limit passes, one more closes the connection.
struct WireLimits: Hashable, Sendable {
    /// Bytes of one frame's body (`ZMQ_MAXMSGSIZE`); 0 means no limit. Default 64 MiB.
    var maxFrameSize: UInt64 = 64 << 20
    /// Frames of one message, at least 1. Default 65 536.
    var maxFramesPerMessage: Int = 65_536
    /// Bytes of all frame bodies of one message together; 0 means no limit. Default 256 MiB.
    var maxMessageSize: UInt64 = 256 << 20
    /// Bytes of the body of one command before the handshake is over. Default 64 KiB.
    var maxHandshakeCommandSize: Int = 64 << 10
    /// Bytes of the data of one command after the handshake, its name not counted. Default 64 KiB.
    var maxCommandSize: Int = 64 << 10
    /// Properties in one handshake command. Default 64.
    var maxProperties: Int = 64
    /// Bytes of one property name, at most 255. Default 255.
    var maxPropertyNameSize: Int = 255
    /// Bytes of one property value. Default 32 KiB.
    var maxPropertyValueSize: Int = 32 << 10
    /// Bytes of one subscription topic. Default 64 KiB.
    var maxTopicSize: Int = 64 << 10
    /// Frames and commands of no use that are dropped before the peer is closed. Default 1000.
    var maxRefusals: Int = 1000
    /// PINGs answered one by one in a second; the rest of that second share one PONG. Default 100.
    var maxPongsPerSecond: Int = 100

    /// Bytes of a PING's context that are kept and echoed (RFC 37).
    static let maxPingContextSize = 16
    /// Bytes of a routing id.
    static let maxRoutingIDSize = 255
    /// Bytes of a greeting.
    static let greetingSize = 64
}
