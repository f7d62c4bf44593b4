/// Sends to its peers in turn and receives from all of them (DEALER, RFC 28).
///
/// The other end is ``RouterSocket``, ``ReplySocket`` or another dealer. To speak with a
/// ``ReplySocket`` put an empty frame in front.
public final class DealerSocket: SendingSocket, ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.dealer, context, options)
    }

    deinit {
        core.abandon()
    }
}
