/// Which peer the next message is taken from: one message of each ready peer in turn.
///
/// A slot is ready while its queue holds a complete message. The receiver asks for `next`, takes
/// one whole message from that slot, and calls `deactivate` when the queue is empty; `activate`
/// puts the slot back behind all others when something arrives.
struct FairQueue: Sendable {
    private var ring = SlotRing()

    /// How many peers have something to read.
    var readyCount: Int { ring.count }

    var isEmpty: Bool { ring.count == 0 }

    func isReady(_ slot: Int) -> Bool { ring.contains(slot) }

    /// The slot the next message comes from, without taking its turn.
    var peek: Int? { ring.current }

    /// The slot the next message comes from; the turn passes on.
    @inline(__always)
    mutating func next() -> Int? {
        guard let slot = ring.current else { return nil }
        ring.advance()
        return slot
    }

    /// A peer has a complete message. No effect on a slot that is ready.
    mutating func activate(_ slot: Int) { ring.insert(slot) }

    /// A peer's queue is empty, or the peer is gone. No effect on a slot that is not ready.
    mutating func deactivate(_ slot: Int) { ring.remove(slot) }
}
