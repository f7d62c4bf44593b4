/// Lost messages by reason.
struct DropCounts: Sendable {
    private var counts: [UInt64] = Array(repeating: 0, count: DropReason.allCases.count)

    mutating func add(_ count: Int, _ reason: DropReason) {
        guard count > 0 else { return }
        counts[Int(reason.rawValue)] &+= UInt64(truncatingIfNeeded: count)
    }

    mutating func add(_ other: DropCounts) {
        for index in counts.indices { counts[index] &+= other.counts[index] }
    }

    /// The reasons that occurred, with how often.
    var byReason: [DropReason: UInt64] {
        var result: [DropReason: UInt64] = [:]
        for reason in DropReason.allCases where counts[Int(reason.rawValue)] > 0 {
            result[reason] = counts[Int(reason.rawValue)]
        }
        return result
    }
}
