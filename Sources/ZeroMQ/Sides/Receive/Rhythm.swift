/// Whether messages come one by one to somebody who waits for each: requests and replies, and not a
/// stream.
struct Rhythm {
    /// So many waits in a row make a habit.
    private static let habit = 8

    private var waits = 0
    private var received: UInt64 = 0

    /// Somebody waits, who has received so many messages by now.
    mutating func noteWait(after total: UInt64) {
        let count = total &- received
        received = total
        if count == 1 { waits = min(waits + 1, Self.habit) }
        if count > 1 { waits = 0 }
    }

    var isOneByOne: Bool { waits == Self.habit }
}
