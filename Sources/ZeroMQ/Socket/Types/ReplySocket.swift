/// Answers questions one at a time (REP, RFC 28).
///
/// The other end is ``RequestSocket`` or ``DealerSocket``. Each `receive` must be followed by a
/// `send`, which goes back to whoever asked and never waits: a requester that has gone loses its
/// reply.
public final class ReplySocket: SendingSocket, ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.reply, context, options)
    }

    deinit {
        core.abandon()
    }
}
