/// How often a ``ReceiveLease`` is worth beginning: seldom where several threads receive in turn,
/// for each of them has to end the lease of the one before.
struct LeasePatience {
    private static let least = 64
    private static let most = 16_384

    private var patience = 0
    private var waited = 0

    /// Whether to begin now, asked for each message after which there could be one.
    mutating func permitsLease() -> Bool {
        guard waited < patience else { return true }
        waited += 1
        return false
    }

    /// It ended with its holder wanting more.
    mutating func wasOfUse() {
        patience /= 2
        waited = 0
    }

    /// Another thread had to end it.
    mutating func wasInVain() {
        patience = min(max(patience * 2, Self.least), Self.most)
        waited = 0
    }
}
