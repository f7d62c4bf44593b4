/// A socket that sends.
///
/// Every way of sending takes a whole message; the frames of two senders never interleave. `send`
/// waits while the peers' queues are full (`sendHighWaterMark`), unless the socket type drops.
public protocol SendingSocket: ZeroMQSocket {}

extension SendingSocket {
    /// Sends a message, waiting for room where the socket type waits (`zmq_msg_send`).
    ///
    /// - Throws: `timedOut` after `sendTimeout`; `cancelled` when the task is, and then nothing was
    ///   sent; `closed`, `terminated`, `wrongState` (REQ, REP), `hostUnreachable` (ROUTER, STREAM),
    ///   `malformedMessage`.
    @inlinable @inline(__always)
    nonisolated(nonsending)
        public func send(_ message: Message) async throws(ZeroMQError)
    {
        try await core.send(message)
    }

    /// Sends a message of one frame. See ``send(_:)-(Message)``.
    @inlinable @inline(__always)
    nonisolated(nonsending)
        public func send(_ bytes: [UInt8]) async throws(ZeroMQError)
    {
        try await core.send(Message(bytes))
    }

    /// Sends a message of one frame without making a ``Message`` of it; `bytes` must stay valid
    /// until this returns. See ``send(_:)-(Message)``.
    @inlinable @inline(__always)
    nonisolated(nonsending)
        public func send(_ bytes: UnsafeRawBufferPointer) async throws(ZeroMQError)
    {
        try await core.send(bytes)
    }

    /// Sends a message if that is possible without waiting (`ZMQ_DONTWAIT`).
    ///
    /// - Returns: false when it would have to wait.
    @inlinable
    public func trySend(_ message: Message) throws(ZeroMQError) -> Bool {
        try core.trySend(message)
    }

    /// Sends a message of one frame if that is possible without waiting.
    ///
    /// - Returns: false when it would have to wait.
    @inlinable
    public func trySend(_ bytes: UnsafeRawBufferPointer) throws(ZeroMQError) -> Bool {
        try core.trySend(bytes)
    }

    /// Sends a message, blocking the thread. Not for tasks; where one of the context's I/O threads
    /// would have to wait it throws `wrongState`, for it would wait for itself.
    ///
    /// - Parameter timeout: how long to wait for room; nil for the option `sendTimeout`.
    @inlinable
    @available(*, noasync, message: "use send in tasks")
    public func sendBlocking(
        _ message: Message, timeout: Duration? = nil
    ) throws(ZeroMQError) {
        try core.sendBlocking(message, timeout: timeout)
    }

    /// Sends a message of one frame, blocking the thread. Not for tasks, nor for I/O threads: see
    /// the call that takes a ``Message``.
    ///
    /// - Parameter timeout: how long to wait for room; nil for the option `sendTimeout`.
    @inlinable
    @available(*, noasync, message: "use send in tasks")
    public func sendBlocking(
        _ bytes: UnsafeRawBufferPointer, timeout: Duration? = nil
    ) throws(ZeroMQError) {
        try core.sendBlocking(bytes, timeout: timeout)
    }
}
