/// Whether a writer is so quick that a sender far ahead of it does better to wait a moment.
///
/// A sender that fills a queue of tens of megabytes writes to memory that no cache holds, and the
/// writer then reads it from there: measured over loopback, 16 KiB messages went 1.5 to 1.9 times
/// as fast with a few MiB between the two as with a thousand messages. So a call that may wait
/// returns a little later; what a queue can hold stays as it is.
///
/// With too little between them each waits for the other to wake up: with 8 MiB instead of one,
/// 64 KiB messages went 1.4 times as fast over TCP and 2 to 3 times in process, and 16 MiB gained
/// nothing more.
///
/// It never waits for a slow peer: only a writer whose last batch took no longer than ``quickTime``
/// allows is waited for, and one that lets senders wait in vain a few times is quick no more. Not
/// at the first time: with more threads than cores a quick writer, too, has to wait its turn.
///
/// In process the receiver takes the writer's place: what it fetches in one step is a batch.
struct Pace {
    /// Bytes in a queue from which on a sender is far ahead.
    static let distance = 8 * 1024 * 1024
    /// So many messages may always be ahead: with one at a time, the two would take turns.
    static let fewMessages = 4
    /// The longest wait for a writer: a quick one has written half the distance by then, unless it
    /// was kept from its core.
    static let patience = Duration.milliseconds(8)
    /// Nanoseconds for a byte that are still quick: 500 MB/s. Loopback takes a quarter of it or
    /// less, a network of 10 Gbit/s 0.8.
    private static let quickTime: Int64 = 2
    /// Waits in vain, in a row, after which a writer is not waited for.
    private static let leniency = 4
    /// Batches that are worth a look at the clock where the writer does not look at it anyway.
    private static let measuredBatch = distance / 4

    private var begun: Instant?
    private var bytes = 0
    private(set) var isQuick = false
    private var waitsInVain = 0

    /// A batch is taken to be written.
    mutating func begin(_ bytes: Int, now: Instant) {
        begun = now
        self.bytes = bytes
    }

    /// A batch has been written.
    mutating func end(now: Instant) {
        guard let begun else { return }
        self.begun = nil
        let nanoseconds = now.nanoseconds &- begun.nanoseconds
        isQuick = nanoseconds <= Int64(bytes) &* Self.quickTime
        if isQuick { waitsInVain = 0 }
    }

    /// Whether it is of use to tell of the end of a batch and of the next, of `bytes`.
    @inline(__always)
    func isWorthClock(_ bytes: Int) -> Bool { begun != nil || bytes >= Self.measuredBatch }

    /// A sender has waited in vain.
    mutating func noteWaitInVain() {
        waitsInVain += 1
        if waitsInVain >= Self.leniency { giveUp() }
    }

    /// There is no connection any more, or it is too slow.
    mutating func giveUp() {
        waitsInVain = 0
        begun = nil
        isQuick = false
    }
}
