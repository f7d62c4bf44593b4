/// How a completion-port poller is set up.
struct IOCPConfiguration: Sendable {
    /// Packets taken from the port in one call. 1 to 1024.
    var batchSize = 256
    /// Operations kept for the next to start. 0 to 65 536.
    var poolSize = 256
    /// Accepts in flight for each listener. 10 to 20.
    var acceptPool = 16
    /// Is told of each operation's start and end, on the I/O thread.
    var trace: (@Sendable (IOCPTrace) -> Void)?

    /// The same with each value in its range.
    var clamped: IOCPConfiguration {
        var result = self
        result.batchSize = min(max(1, batchSize), 1024)
        result.poolSize = min(max(0, poolSize), 65_536)
        result.acceptPool = min(max(10, acceptPool), 20)
        return result
    }
}
