/// Talks with exactly one peer (PAIR, RFC 31).
///
/// A second peer is refused at once, and sees its connection closed; when the first has gone
/// another may come.
public final class PairSocket: SendingSocket, ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.pair, context, options)
    }

    deinit {
        core.abandon()
    }
}
