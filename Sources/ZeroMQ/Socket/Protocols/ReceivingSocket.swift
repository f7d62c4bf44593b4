/// A socket that receives.
///
/// Messages of all peers are taken in turn, one a turn. Any number of tasks and threads may receive
/// at the same time; each message goes to one of them.
public protocol ReceivingSocket: ZeroMQSocket {}

extension ReceivingSocket {
    /// Receives the next message (`zmq_msg_recv`).
    ///
    /// Cancellation loses no message: either this throws, or the message that came at the same
    /// moment is returned.
    ///
    /// - Throws: `timedOut` after `receiveTimeout`; `cancelled`; `closed`, `terminated`;
    ///   `wrongState` and `peerLost` (REQ), `wrongState` (REP).
    @inlinable @inline(__always)
    nonisolated(nonsending)
        public func receive() async throws(ZeroMQError) -> Message
    {
        try await core.receive()
    }

    /// Receives the next message if there is one now (`ZMQ_DONTWAIT`).
    @inlinable
    public func tryReceive() throws(ZeroMQError) -> Message? {
        try core.tryReceive()
    }

    /// Receives the next message, blocking the thread. Not for tasks; where one of the context's
    /// I/O threads would have to wait it throws `wrongState`, for it would wait for itself.
    ///
    /// - Parameter timeout: how long to wait; nil for the option `receiveTimeout`.
    @inlinable @inline(__always)
    @available(*, noasync, message: "use receive in tasks")
    public func receiveBlocking(timeout: Duration? = nil) throws(ZeroMQError) -> Message {
        try core.receiveBlocking(timeout: timeout)
    }

    /// The messages as a sequence that ends when the socket is closed or the task is cancelled.
    public var messages: MessageSequence { MessageSequence(core: core) }
}
