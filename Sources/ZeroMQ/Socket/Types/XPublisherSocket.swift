/// A publisher that sees the subscriptions of its peers (XPUB, RFC 29).
///
/// It receives them as messages: a byte 1 (subscribed) or 0 (cancelled) and the topic.
public final class XPublisherSocket: SendingSocket, ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.xPublisher, context, options)
    }

    deinit {
        core.abandon()
    }

    /// How many peers hold a subscription now.
    public var subscriberCount: Int { core.subscriberCount }

    /// Suspends until `count` peers have subscribed: what is sent after that reaches them.
    ///
    /// - Throws: `timedOut`, `cancelled`, `closed`.
    nonisolated(nonsending)
        public func waitForSubscribers(
            _ count: Int = 1, timeout: Duration? = nil
        ) async throws(ZeroMQError)
    {
        try await core.waitForSubscribers(count, timeout: timeout)
    }

    /// With `xpubManual`: subscribes the peer whose subscription message was received last.
    ///
    /// - Throws: `wrongState` without `xpubManual` or before the first such message,
    ///   `limitReached` where the peer may hold no more, `closed`.
    public func confirmSubscription(_ topic: [UInt8]) throws(ZeroMQError) {
        try core.confirmSubscription(topic, isWanted: true)
    }

    /// With `xpubManual`: takes a confirmed subscription of that peer back.
    ///
    /// - Throws: `wrongState` without `xpubManual` or before the first such message, `closed`.
    public func confirmCancellation(_ topic: [UInt8]) throws(ZeroMQError) {
        try core.confirmSubscription(topic, isWanted: false)
    }
}
