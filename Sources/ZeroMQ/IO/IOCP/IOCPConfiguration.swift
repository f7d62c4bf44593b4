/// How a completion-port poller is set up.
struct IOCPConfiguration: Sendable {
    /// Packets taken from the port in one call. 1 to 1024.
    var batchSize = 256
    /// Operations kept for the next to start. 0 to 65 536.
    var poolSize = 256
    /// Accepts in flight for each listener. 10 to 20.
    var acceptPool = 16
    /// The most bytes of one send. While it is under way they count as the system's, and are lost
    /// if the connection breaks, so this bounds what a lost connection takes with it; it also
    /// bounds what is under way to a distant peer. 64 KiB to 1 GiB.
    var maximumSendBytes = 1 << 20
    /// Is told of each operation's start and end, on the I/O thread.
    var trace: (@Sendable (IOCPTrace) -> Void)?

    /// The same with each value in its range.
    var clamped: IOCPConfiguration {
        var result = self
        result.batchSize = min(max(1, batchSize), 1024)
        result.poolSize = min(max(0, poolSize), 65_536)
        result.acceptPool = min(max(10, acceptPool), 20)
        result.maximumSendBytes = min(max(64 << 10, maximumSendBytes), 1 << 30)
        return result
    }
}
