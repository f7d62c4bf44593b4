/// Sends each message to the next of its peers that has room (PUSH, RFC 30).
///
/// The other end is ``PullSocket``. It waits while every peer's queue is full, and never drops.
public final class PushSocket: SendingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.push, context, options)
    }

    deinit {
        core.abandon()
    }
}
