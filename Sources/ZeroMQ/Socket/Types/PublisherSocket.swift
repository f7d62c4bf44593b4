/// Sends each message to all peers that subscribed to a prefix of its first frame (PUB, RFC 29).
///
/// The other end is ``SubscriberSocket`` or ``XSubscriberSocket``. It never waits: a subscriber
/// whose queue is full loses the message, alone and whole, and the loss is counted.
public final class PublisherSocket: SendingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.publisher, context, options)
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
}
