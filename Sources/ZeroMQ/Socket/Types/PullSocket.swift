/// Receives from all its peers in turn (PULL, RFC 30).
///
/// The other end is ``PushSocket``.
public final class PullSocket: ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.pull, context, options)
    }

    deinit {
        core.abandon()
    }
}
