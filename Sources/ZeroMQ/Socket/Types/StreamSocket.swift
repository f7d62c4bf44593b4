/// Talks with plain TCP peers that know nothing of ZeroMQ (STREAM).
///
/// Messages are a connection's id and bytes. An empty body tells that a connection has begun or
/// ended; sending one closes it.
public final class StreamSocket: SendingSocket, ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.stream, context, options)
    }

    deinit {
        core.abandon()
    }
}
