/// How a context behaves.
public struct ContextOptions: Sendable, Hashable {
    /// The number of I/O threads (`ZMQ_IO_THREADS`), 1 to 64. Default 1.
    public var ioThreads = 1
    /// How many sockets may be open at once (`ZMQ_MAX_SOCKETS`), at least 1. Default 65 535.
    public var maxSockets = 65_535
    /// Which interface of the system the I/O threads use. Default ``PollerChoice/automatic``.
    ///
    /// With ``PollerChoice/epoll`` or ``PollerChoice/ioUring`` the context is made with just that,
    /// or an error is thrown: `unsupported` where the system has not got it, `permissionDenied`
    /// where it forbids it, `limitReached` or `system` where it cannot give it now.
    public var poller = PollerChoice.automatic

    /// How long an I/O thread, and a thread blocked in `receiveBlocking`, look for work again and
    /// again before they sleep, 0 to 1 s. Default 0: nobody waits busily, but for moments: for the
    /// next batch over inproc (2 us), a lock that is taken, a lease that ends (100 looks each).
    ///
    /// A blocked receiver then does not run the loop of its I/O thread itself, as it may otherwise.
    ///
    /// For those who own their cores: each such thread keeps one busy for as long after the last
    /// work, and what comes meanwhile is not kept waiting for a wake-up. With fewer cores than
    /// such threads everything gets slower.
    public var busyWait = Duration.zero

    /// How many descriptors listeners leave to the rest of the process, 0 to 1024. Default 16.
    ///
    /// When no more are left, accepting rests (`acceptPaused` among ``SocketEvent/Kind``), and who
    /// wants to connect waits in the backlog. Without that peers could take the last one, and much
    /// of a process does not survive that: on Linux Swift's own concurrency opens descriptors for
    /// its timers and to watch its threads, and ends the process when it gets none. A context that
    /// could let nobody in for it is not made: `limitReached`. Not used on Windows, which has no
    /// such limit.
    public var descriptorReserve = 16

    /// The defaults.
    public init() {}

    func validate() throws(ZeroMQError) {
        guard (1...64).contains(ioThreads) else {
            throw ZeroMQError(.invalidOption, "ioThreads must be between 1 and 64")
        }
        guard maxSockets > 0 else {
            throw ZeroMQError(.invalidOption, "maxSockets must be at least 1")
        }
        guard (0...1024).contains(descriptorReserve) else {
            throw ZeroMQError(.invalidOption, "descriptorReserve must be between 0 and 1024")
        }
        guard (.zero...(.seconds(1))).contains(busyWait) else {
            throw ZeroMQError(.invalidOption, "busyWait must be between 0 and 1 s")
        }
    }

    /// Throws `limitReached` when fewer descriptors are left than the reserve and the two that each
    /// I/O thread takes: no peer could be let in.
    func checkDescriptors() throws(ZeroMQError) {
        guard descriptorReserve > 0 else { return }
        let needed = descriptorReserve + 2 * ioThreads
        let left = System.descriptorsLeft(upTo: needed)
        if left >= needed { return }
        throw ZeroMQError(
            .limitReached,
            "a context needs \(needed) descriptors, \(descriptorReserve) of them in reserve, and"
                + " the process has \(left) left (ulimit -n, ContextOptions.descriptorReserve)")
    }
}
