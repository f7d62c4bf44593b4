/// Whether the receiver of a stream in this process runs in step with its sender, and does better
/// to wait a moment before it fetches again.
///
/// A receiver that is a little quicker than its sender finds one or two messages at each fetch, and
/// each fetch takes the lock that the sender needs for the next message: the two spend their time
/// on handing it over. Measured, 32-byte messages went at 5 million a second, and at twice that
/// with a moment before the fetch in which a batch gathers.
///
/// Where none gathers, because the sender is slow or is the same thread, it is waited for half as
/// often each time, down to hardly ever. Who finds nothing is not part of a stream: no wait there.
struct Stride {
    /// Fewer messages than this are not worth a fetch.
    private static let few = 16
    /// Fewer than this were not worth the wait.
    private static let leastGathered = 4
    /// How long a batch may gather.
    static let moment = Duration.microseconds(2)
    /// So many fetches of few messages in a row come before a wait, at first.
    private static let habit = 8
    private static let mostPatient = 4096

    private var shortFetches = 0
    private var patience = Stride.habit
    private var hasWaited = false

    /// Whether to wait now; the next fetch shows whether it was of use.
    mutating func begin() -> Bool {
        hasWaited = shortFetches >= patience
        return hasWaited
    }

    /// A fetch has found so many messages.
    mutating func noteFetch(of messages: Int) {
        if hasWaited {
            let isInVain = messages < Self.leastGathered
            patience = isInVain ? min(patience * 2, Self.mostPatient) : max(patience / 2, 1)
            hasWaited = false
            shortFetches = 0
        } else {
            let isShort = messages > 0 && messages < Self.few
            shortFetches = isShort ? shortFetches + 1 : 0
        }
    }
}
