/// How often a ``ReceiveLease`` is worth to begin: seldom where several threads receive in turn, for
/// each of them has to end the lease of the one before.
struct LeasePatience {
    private static let most = 4096

    private var patience = 0
    private var waited = 0

    /// Whether to begin now, asked for each segment.
    mutating func isOver() -> Bool {
        guard waited < patience else { return true }
        waited += 1
        return false
    }

    /// The holder took all of it.
    mutating func wasOfUse() {
        patience /= 2
        waited = 0
    }

    /// Another thread had to end it.
    mutating func wasInVain() {
        patience = min(max(patience * 2, 16), Self.most)
        waited = 0
    }
}
