/// Asks one question at a time (REQ, RFC 28).
///
/// The other end is ``ReplySocket`` or ``RouterSocket``. Each `send` must be followed by a
/// `receive`; ``request(_:timeout:)`` does both. When the peer that was asked goes away with the
/// request, receiving throws `peerLost` instead of waiting for ever.
///
/// A late reply is never taken for the reply to a later request, as long as a peer answers each
/// request once: a second answer cannot be told from the next one's without a number. Where
/// requests carry a number (`requestCorrelate`) it tells them apart. Where they do not, giving up a
/// request that has left ends the connection it left by: who connects connects again, after its
/// `reconnectInterval`, while requests queue or go to other peers; on the binding side the next
/// request waits for the peer to come back. A request that has not left yet is never sent. So with
/// short timeouts and peers that bring the number back, as ``ReplySocket`` does, turn
/// `requestCorrelate` on. A REP of libzmq that connects to a REQ that is bound needs it: it sends a
/// late reply by its next connection.
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

    /// Sends a request and receives its reply. Any number of tasks may call it: each gets the reply
    /// to its own request, or an error.
    ///
    /// - Parameter timeout: how long the call may take, waiting for a peer to send to and for the
    ///   reply; nil for the options `sendTimeout` and `receiveTimeout`.
    /// - Throws: `timedOut` or `cancelled`: the request is given up, and a late reply is thrown
    ///   away; `peerLost`; `wrongState` while another request is under way, or when another has
    ///   taken the place of this one (`requestRelaxed`).
    nonisolated(nonsending)
        public func request(
            _ message: Message, timeout: Duration? = nil
        ) async throws(ZeroMQError) -> Message
    {
        try await core.request(message, timeout: timeout)
    }

    /// Sends a request and receives its reply, blocking the thread. On one of the context's I/O
    /// threads it throws `wrongState`, for it would wait for itself.
    ///
    /// - Parameter timeout: how long the call may take, as for ``request(_:timeout:)``.
    @available(*, noasync, message: "use request in tasks")
    public func requestBlocking(
        _ message: Message, timeout: Duration? = nil
    ) throws(ZeroMQError) -> Message {
        try core.requestBlocking(message, timeout: timeout)
    }
}
