/// The messages of a socket, one after the other.
///
/// Iterating ends when the socket is closed, its context is shut down, or the task is cancelled,
/// and throws for everything else. It loses no message and takes none that is not asked for.
public struct MessageSequence: AsyncSequence, Sendable {
    public typealias Element = Message
    public typealias Failure = ZeroMQError

    let core: SocketCore

    public struct AsyncIterator: AsyncIteratorProtocol {
        let core: SocketCore

        public mutating func next() async throws(ZeroMQError) -> Message? {
            try await nextMessage()
        }

        public mutating func next(
            isolation actor: isolated (any Actor)?
        ) async throws(ZeroMQError) -> Message? {
            try await nextMessage()
        }

        nonisolated(nonsending)
            private func nextMessage() async throws(ZeroMQError) -> Message?
        {
            do {
                return try await core.receive()
            } catch  where [.closed, .terminated, .cancelled].contains(error.code) {
                return nil
            }
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(core: core)
    }
}
