/// What a socket has counted since it was made.
public struct SocketStatistics: Sendable, Hashable {
    /// Messages accepted by `send`.
    public var messagesSent: UInt64 = 0
    /// Messages handed to the application.
    public var messagesReceived: UInt64 = 0
    /// Body bytes of the messages accepted by `send`.
    public var bytesSent: UInt64 = 0
    /// Bytes of whole messages that have arrived, headers included. What an inproc peer sent
    /// arrives when the receiver looks for it.
    public var bytesReceived: UInt64 = 0
    /// Peers attached now.
    public var peers = 0
    /// Handshakes completed.
    public var connections: UInt64 = 0
    /// Connections lost or refused and tried again.
    public var reconnects: UInt64 = 0
    /// Handshakes that failed.
    public var handshakeFailures: UInt64 = 0
    /// Commands and frames from peers that were of no use and were ignored.
    public var ignoredFrames: UInt64 = 0
    /// Lost messages by reason; reasons that did not occur are absent.
    public var dropped: [DropReason: UInt64] = [:]

    /// All lost messages.
    public var totalDropped: UInt64 { dropped.values.reduce(0, &+) }

    /// All zero.
    public init() {}
}
