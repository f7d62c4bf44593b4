/// What the sending half of a socket has counted. Guarded by its lock.
struct SendCounters {
    var messages: UInt64 = 0
    var bytes: UInt64 = 0
    private(set) var dropped = DropCounts()

    mutating func drop(_ count: Int, _ reason: DropReason) {
        dropped.add(count, reason)
    }
}

/// What the receiving half of a socket has counted. Guarded by its lock.
struct ReceiveCounters {
    var messages: UInt64 = 0
    var bytes: UInt64 = 0
    private(set) var dropped = DropCounts()

    mutating func drop(_ count: Int, _ reason: DropReason) {
        dropped.add(count, reason)
    }
}
