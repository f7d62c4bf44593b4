/// A subscriber whose subscriptions are messages (XSUB, RFC 29).
///
/// Sending a frame of a byte 1 and a topic subscribes, a byte 0 and a topic takes that back; other
/// messages go to all publishers.
public final class XSubscriberSocket: SendingSocket, ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.xSubscriber, context, options)
    }

    deinit {
        core.abandon()
    }

    /// Subscribes to all messages whose first frame begins with `topic`; empty for all
    /// (`ZMQ_SUBSCRIBE`).
    ///
    /// Subscriptions count: two need two ``unsubscribe(_:)-(String)``. Every publisher is told,
    /// also those that come later or come back.
    public func subscribe(_ topic: String) throws(ZeroMQError) {
        try core.setSubscription(Array(topic.utf8), isWanted: true)
    }

    /// Subscribes to all messages whose first frame begins with `topic`; empty for all.
    public func subscribe(_ topic: [UInt8]) throws(ZeroMQError) {
        try core.setSubscription(topic, isWanted: true)
    }

    /// Takes one subscription back; unknown topics are ignored (`ZMQ_UNSUBSCRIBE`).
    public func unsubscribe(_ topic: String) throws(ZeroMQError) {
        try core.setSubscription(Array(topic.utf8), isWanted: false)
    }

    /// Takes one subscription back; unknown topics are ignored.
    public func unsubscribe(_ topic: [UInt8]) throws(ZeroMQError) {
        try core.setSubscription(topic, isWanted: false)
    }
}
