/// A stream of a socket's events, from the moment it was asked for until the socket is closed.
///
/// Each stream is independent. A reader that falls more than 1024 events behind loses the oldest.
public struct SocketEvents: AsyncSequence, Sendable {
    public typealias Element = SocketEvent
    public typealias Failure = Never

    let stream: AsyncStream<SocketEvent>

    public struct AsyncIterator: AsyncIteratorProtocol {
        var base: AsyncStream<SocketEvent>.Iterator

        public mutating func next() async -> SocketEvent? {
            await next(isolation: #isolation)
        }

        public mutating func next(isolation actor: isolated (any Actor)?) async -> SocketEvent? {
            await base.next(isolation: actor)
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(base: stream.makeAsyncIterator())
    }
}
