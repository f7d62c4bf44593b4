/// Whether a writer is so quick that a sender far ahead of it does better to wait a moment.
///
/// A sender that fills a queue of tens of megabytes writes to memory that no cache holds, and the
/// writer then reads it from there: measured over loopback, 16 KiB messages went 1.5 to 1.9 times
/// as fast with 1 MiB between the two as with a thousand messages, 64 KiB ones 1.4 times. So a call
/// that may wait returns a little later; what a queue can hold stays as it is.
///
/// It never waits for a slow peer: only a writer whose last batch took no longer than ``quickTime``
/// allows is waited for, and one that lets a sender wait in vain is quick no more.
struct Pace {
    /// Bytes in a queue from which on a sender is far ahead.
    static let distance = 1024 * 1024
    /// The longest wait for a writer.
    static let patience = Duration.milliseconds(1)
    /// Nanoseconds for a byte that are still quick: 500 MB/s. Loopback takes a quarter of it or
    /// less, a network of 10 Gbit/s 0.8.
    private static let quickTime: Int64 = 2

    private var begun: Instant?
    private var bytes = 0
    private(set) var isQuick = false

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
    }

    /// A sender has waited in vain, or there is no connection any more.
    mutating func giveUp() {
        begun = nil
        isQuick = false
    }
}
