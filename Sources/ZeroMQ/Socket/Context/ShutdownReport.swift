/// What became of the sockets of a context that was shut down.
public struct ShutdownReport: Sendable, Hashable {
    /// Sockets that were still open.
    public let sockets: Int
    /// Messages that were handed to the system meanwhile.
    public private(set) var flushed = 0
    /// Messages that were thrown away.
    public private(set) var discarded = 0

    init(sockets: Int) {
        self.sockets = sockets
    }

    mutating func add(_ report: CloseReport) {
        flushed += report.flushed
        discarded += report.discarded
    }
}
