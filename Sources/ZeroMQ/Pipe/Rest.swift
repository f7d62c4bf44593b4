/// Whether the I/O thread does well to leave a stream of small messages to its sender for a moment.
///
/// An I/O thread that is quicker than the sender takes every few messages out of the queue: each
/// time a system call, and the queue's memory and lock move between two cores. A sender that writes
/// by itself whenever the queue is full of small messages needs one system call for a thousand and
/// keeps all of it in its own cache. Measured over loopback on two cores with 64 B messages: 10.3
/// to 15.1 million a second through the async calls, 17 to 20 million with 8 B.
///
/// What the sender has not written when it stops is written when the rest ends. So a stream has to
/// last for a while before there are rests, they are short, and one follows the other only while
/// the sender keeps writing, or is about to. A queue that is full is written by its sender at once,
/// or if that is not for the sender ends the rest.
struct Rest {
    /// Bytes in a queue from which on the sender writes them.
    static let fill = 64 * 1024
    /// The average of bytes a message up to which messages are small. With larger ones the copying
    /// into the kernel is most of the work, and two threads do it faster than one.
    static let smallMessage = 192
    /// The rests' lengths, in nanoseconds; a system's timers add some 50 us.
    private static let shortest: Int64 = 50_000
    private static let longest: Int64 = 200_000

    /// How long the I/O thread rests on where it finds the sender busy, and for how long in all: it
    /// may be busy for another peer's sake.
    static let delay = Duration.nanoseconds(shortest)
    static let longestDelay = Duration.nanoseconds(longest)

    /// Batches after which a stream is one: a burst of some thousand messages has no rests.
    private static let streamLength = 8

    /// How many times the sender has written since the I/O thread last looked.
    private(set) var ownWrites = 0
    /// Batches since the queue was last idle for a while.
    private var batches = 0
    private var lookedAt = Instant(nanoseconds: 0)

    /// The queue was idle for a while.
    mutating func startOver() {
        ownWrites = 0
        batches = 0
    }

    /// The I/O thread has taken a batch.
    mutating func noteBatch() { batches &+= 1 }

    /// The sender has written a batch.
    mutating func noteOwnWrite() {
        ownWrites &+= 1
        batches &+= 1
    }

    /// The I/O thread looks; returns the nanoseconds since it last did.
    mutating func look(now: Instant) -> Int64 {
        let elapsed = now.duration(since: lookedAt).clampedNanoseconds
        lookedAt = now
        return max(0, elapsed)
    }

    /// The first rest of a stream; nil while it is not one yet.
    mutating func begin(now: Instant) -> Instant? {
        guard batches >= Self.streamLength else { return nil }
        ownWrites = 0
        return now.advanced(by: .nanoseconds(Self.shortest))
    }

    /// Another rest, of a few of the sender's intervals; nil when it has not written.
    mutating func renew(after elapsed: Int64, now: Instant) -> Instant? {
        guard ownWrites > 0 else { return nil }
        let interval = elapsed / Int64(ownWrites)
        ownWrites = 0
        let length = min(max(Self.shortest, 3 &* interval), Self.longest)
        return now.advanced(by: .nanoseconds(length))
    }

    /// Whether a sender that queued `bytes` in `elapsed` nanoseconds has `goal` together before a
    /// long rest ends.
    static func isQuick(_ bytes: Int, in elapsed: Int64, goal: Int) -> Bool {
        elapsed < longest && Double(goal) * Double(elapsed) < Double(bytes) * Double(longest) / 2
    }
}
