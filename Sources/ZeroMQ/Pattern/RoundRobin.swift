/// Which peer the next message goes to: each peer with room in turn.
///
/// A slot is active while its queue has room. The sender asks for `next`; when it finds that slot's
/// queue full it calls `deactivate` and asks again, and `activate` puts the slot back behind all
/// others once the queue has drained. A message of several frames is one step, so frames of one
/// message never go to two peers.
struct RoundRobin: Sendable {
    private var ring = SlotRing()

    /// How many peers have room.
    var activeCount: Int { ring.count }

    var isEmpty: Bool { ring.count == 0 }

    func isActive(_ slot: Int) -> Bool { ring.contains(slot) }

    /// The slot the next message goes to, without taking its turn.
    var peek: Int? { ring.current }

    /// The slot the next message goes to; the turn passes on.
    @inline(__always)
    mutating func next() -> Int? {
        guard let slot = ring.current else { return nil }
        ring.advance()
        return slot
    }

    /// A peer appeared, or has room again. No effect on a slot that is active.
    mutating func activate(_ slot: Int) { ring.insert(slot) }

    /// A peer went, or is full. No effect on a slot that is not active.
    mutating func deactivate(_ slot: Int) { ring.remove(slot) }
}
