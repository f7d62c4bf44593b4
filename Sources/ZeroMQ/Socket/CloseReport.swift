/// What became of the messages that were still queued when a socket was closed.
public struct CloseReport: Sendable, Hashable {
    /// Messages that were handed to the system after closing began.
    public let flushed: Int
    /// Messages that were thrown away because the linger time ran out or the peer was gone.
    public let discarded: Int

    static let nothing = CloseReport(flushed: 0, discarded: 0)
}
