/// Talks with each of its peers by name (ROUTER, RFC 28).
///
/// Received messages begin with the routing id of their sender; messages to send begin with that of
/// their receiver. The other end is ``DealerSocket``, ``RequestSocket`` or another router.
public final class RouterSocket: SendingSocket, ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.router, context, options)
    }

    deinit {
        core.abandon()
    }

    /// Sends `message` to the peer with the id `peer`.
    ///
    /// - Throws: as `send`; `hostUnreachable` with `routerMandatory` when there is no such peer.
    nonisolated(nonsending)
        public func send(
            _ message: Message, to peer: RoutingID
        ) async throws(ZeroMQError)
    {
        try await core.send(Message(Frame(peer.bytes), before: message))
    }
}
