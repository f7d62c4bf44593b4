/// The sending end of an inproc link, from which the receiver fetches in batches.
protocol InboundSource: AnyObject, Sendable {
    /// Reports `taken` messages as consumed and moves whatever is queued into `pipe`.
    ///
    /// Called under the receiver's lock; takes the sender's. When nothing was there the sender will
    /// announce its next message.
    func fetch(into pipe: InboundPipe, taken: Int) -> FetchOutcome

    /// Reports `taken` messages as consumed, so that a waiting sender may go on.
    func credit(taken: Int)

    /// How many consumed messages are worth a report: a quarter of what may be queued. Called under
    /// the receiver's lock; takes the sender's.
    var creditThreshold: Int { get }

    /// Applies the receiver's high-water mark; called under its lock, like `fetch`.
    func setReceiverMark(_ mark: Int) -> [Waiter]
}

/// What a fetch found, and who waited for the room it made; to be woken without locks held.
struct FetchOutcome {
    let found: Bool
    /// Bytes of whole messages that were moved, headers included.
    let bytes: Int
    let woken: [Waiter]
}
