/// Watches any file descriptor from an I/O thread: a pipe, a terminal, standard input.
///
/// ```swift
/// for await _ in EventSource(fileDescriptor: 0, on: context.ioThreads[0]) {
///     // something can be read, or the other end is closed
/// }
/// ```
///
/// Each element says that the descriptor was readable, or at its end, at that moment; the next is
/// looked for only when it is asked for. The descriptor is not changed (it is not made
/// non-blocking) and stays the caller's to close, after the iteration has ended. Regular files are
/// always readable. The sequence ends when the task is cancelled, or when the descriptor cannot be
/// watched. One iteration at a time for one descriptor and thread.
///
/// On Windows the number is that of a handle or socket, and 0 is standard input all the same; a
/// thread waits for it there. A console is readable at any input, so the read may wait for the end
/// of the line.
public struct EventSource: AsyncSequence, Sendable {
    public typealias Element = Void
    public typealias Failure = Never

    private let handle: Handle
    private let thread: IOThread

    /// Watches `fileDescriptor` from `thread`. On Windows it is the number of a handle, such as
    /// `GetStdHandle` returns, for a console or a pipe.
    public init(fileDescriptor: Int32, on thread: IOThread) {
        handle = System.foreignHandle(fileDescriptor)
        self.thread = thread
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(watcher: DescriptorWatcher(handle, thread))
    }

    public final class AsyncIterator: AsyncIteratorProtocol {
        private let watcher: DescriptorWatcher

        init(watcher: DescriptorWatcher) {
            self.watcher = watcher
        }

        deinit {
            watcher.stop()
        }

        public func next() async -> Void? {
            await watcher.next() ? () : nil
        }

        public func next(isolation actor: isolated (any Actor)?) async -> Void? {
            await watcher.next() ? () : nil
        }
    }
}
