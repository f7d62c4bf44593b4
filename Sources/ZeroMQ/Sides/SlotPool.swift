/// Hands out the small dense numbers under which the tables of a socket know its peers.
///
/// A slot is free again when both halves of the peer have let go of it: messages already received
/// may outlive the connection they came by.
final class SlotPool: @unchecked Sendable {
    // Unchecked: guarded by `lock`, which is taken inside the locks of the two sides.
    private let lock = Lock()
    private var holders: [Int] = []
    private var free: [Int] = []

    /// The lowest free slot, to be released `holders` times.
    func acquire(holders count: Int) -> Int {
        lock.lock()
        defer { lock.unlock() }
        if let slot = free.popLast() {
            holders[slot] = count
            return slot
        }
        holders.append(count)
        return holders.count - 1
    }

    /// One holder lets go.
    func release(_ slot: Int) {
        lock.lock()
        defer { lock.unlock() }
        guard holders.indices.contains(slot), holders[slot] > 0 else { return }
        holders[slot] -= 1
        if holders[slot] == 0 { free.append(slot) }
    }
}
