/// What one peer may make a socket hold or do, beside the limits with an option of their own in
/// ``SocketOptions``. A peer that goes beyond is disconnected, with an event that says why.
///
/// All of them are at least 1.
public struct PeerLimits: Sendable, Hashable {
    /// Frames of one message. Default 65 536.
    public var framesPerMessage = 65_536
    /// Bytes of all frames of one message together. Default 256 MiB; never less than
    /// ``SocketOptions/maxMessageSize``, and no limit where that is none.
    public var messageBytes = 256 << 20
    /// Bytes of one command during the handshake. Default 64 KiB, at least 256.
    public var handshakeCommandSize = 64 << 10
    /// Bytes of the data of one command after it. Default 64 KiB.
    public var commandSize = 64 << 10
    /// Metadata properties. Default 64, at least 2.
    public var metadataProperties = 64
    /// Bytes of the value of one metadata property. Default 32 KiB, at least 255.
    public var metadataValueSize = 32 << 10
    /// Topics that a peer may be subscribed to at a time. Default 100 000. PUB, XPUB. As many
    /// messages of a peer, notices of subscriptions among them, may wait for the application of an
    /// XPUB, whatever `receiveHighWaterMark` is, before its next ones wait in the kernel.
    public var subscriptions = 100_000
    /// Bytes of all its topics together. Default 64 MiB. PUB, XPUB. What the subscriptions of all
    /// peers take is limited by ``SocketOptions/subscriptionByteLimit``.
    public var subscriptionBytes = 64 << 20
    /// Bytes of one topic. Default 64 KiB. PUB, XPUB.
    public var topicSize = 64 << 10
    /// Frames and commands of no use, which are dropped and counted: messages to a socket that
    /// receives none, SUBSCRIBE and CANCEL to one that publishes nothing or amid a message, unknown
    /// commands. Default 1000, over the life of a connection.
    ///
    /// Two are counted in ``SocketStatistics/ignoredFrames`` and never disconnect, for peers in
    /// good faith send them, and they take no more than any other input does: PONGs beyond those
    /// asked for, as a PING may be answered twice; and cancellations of topics the peer does not
    /// hold, as libzmq drops subscriptions beyond its high-water mark and cancels them anyway.
    public var ignoredFrames = 1000
    /// PINGs answered one by one in a second; the rest of that second share one PONG. Default 100.
    /// A peer that does not read its PONGs gets the latest alone beyond 8 KiB of them.
    public var pongsPerSecond = 100

    /// The defaults.
    public init() {}
}

extension PeerLimits {
    /// Throws `invalidOption` for the first limit that is out of its range.
    func validate() throws(ZeroMQError) {
        let limits = [
            ("framesPerMessage", framesPerMessage, 1), ("messageBytes", messageBytes, 1),
            ("handshakeCommandSize", handshakeCommandSize, 256), ("commandSize", commandSize, 1),
            ("metadataProperties", metadataProperties, 2),
            ("metadataValueSize", metadataValueSize, 255), ("subscriptions", subscriptions, 1),
            ("subscriptionBytes", subscriptionBytes, 1), ("topicSize", topicSize, 1),
            ("ignoredFrames", ignoredFrames, 1),
            ("pongsPerSecond", pongsPerSecond, 1),
        ]
        for (name, value, least) in limits where value < least {
            throw ZeroMQError(.invalidOption, "peerLimits.\(name) must be at least \(least)")
        }
    }

    /// The limits as a session knows them; no frame size is no limit at all.
    func wire(maxFrameSize: Int?) -> WireLimits {
        var limits = WireLimits()
        limits.maxFrameSize = UInt64(clamping: maxFrameSize ?? 0)
        limits.maxFramesPerMessage = framesPerMessage
        limits.maxMessageSize =
            maxFrameSize == nil ? 0 : max(UInt64(clamping: messageBytes), limits.maxFrameSize)
        limits.maxHandshakeCommandSize = handshakeCommandSize
        limits.maxCommandSize = commandSize
        limits.maxProperties = metadataProperties
        limits.maxPropertyValueSize = metadataValueSize
        limits.maxTopicSize = topicSize
        limits.maxRefusals = ignoredFrames
        limits.maxPongsPerSecond = pongsPerSecond
        return limits
    }

    /// The limits as a publisher knows them.
    var subscriber: SubscriptionLimits {
        var limits = SubscriptionLimits()
        limits.topicsPerSubscriber = subscriptions
        limits.bytesPerSubscriber = subscriptionBytes
        limits.topicLength = topicSize
        return limits
    }
}
