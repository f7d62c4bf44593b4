/// Asks one question at a time (REQ, RFC 28).
///
/// The other end is ``ReplySocket`` or ``RouterSocket``. Each `send` must be followed by a
/// `receive`; ``request(_:timeout:)`` does both. When the peer that was asked goes away with the
/// request, receiving throws `peerLost` instead of waiting for ever.
///
/// A late reply is never taken for the reply to a later request. Where requests carry a number
/// (`requestCorrelate`) it tells them apart. Where they do not, giving up a request that has left
/// ends the connection it left by: who connects connects again, after its `reconnectInterval`,
/// while requests queue or go to other peers; on the binding side the next request waits for the
/// peer to come back. A request that has not left yet is never sent. So with short timeouts and
/// peers that bring the number back, as ``ReplySocket`` does, turn `requestCorrelate` on. A REP of
/// libzmq that connects to a REQ that is bound needs it: it sends a late reply by its next
/// connection.
public final class RequestSocket: SendingSocket, ReceivingSocket {
    public let core: SocketCore

    /// Makes a socket, not yet bound or connected.
    ///
    /// - Throws: `invalidOption`, `limitReached`, `terminated`.
    public init(
        _ context: Context, options: SocketOptions = SocketOptions()
    ) throws(ZeroMQError) {
        core = try SocketCore(.request, context, options)
    }

    deinit {
        core.abandon()
    }

    /// Sends a request and receives its reply.
    ///
    /// - Parameter timeout: how long to wait for the reply; nil for the option `receiveTimeout`.
    /// - Throws: `timedOut` or `cancelled`: the request is given up, and a late reply is thrown
    ///   away; `peerLost`; `wrongState` while another request is under way.
    nonisolated(nonsending)
        public func request(
            _ message: Message, timeout: Duration? = nil
        ) async throws(ZeroMQError) -> Message
    {
        try await core.send(message)
        do {
            return try await core.receive(timeout: timeout)
        } catch {
            core.giveUpRequest(after: error)
            throw error
        }
    }

    /// Sends a request and receives its reply, blocking the thread.
    ///
    /// - Parameter timeout: how long to wait for the reply; nil for the option `receiveTimeout`.
    @available(*, noasync, message: "use request in tasks")
    public func requestBlocking(
        _ message: Message, timeout: Duration? = nil
    ) throws(ZeroMQError) -> Message {
        try core.sendBlocking(message, timeout: nil)
        do {
            return try core.receiveBlocking(timeout: timeout)
        } catch {
            core.giveUpRequest(after: error)
            throw error
        }
    }
}
