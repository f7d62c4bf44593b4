/// Whatever takes the outcomes of a registered handle and the timers it armed.
///
/// Every call is made on the I/O thread, one at a time, never from inside a call that starts an
/// operation. The poller keeps its handlers alive until it has delivered `.retired`, and for ever
/// when it delivers `.abandoned` in its place.
protocol IOHandler: AnyObject {
    /// Says where the next received bytes go.
    ///
    /// Asked when a receive is started (completion systems) or when data is there (readiness
    /// systems), once for each receive. The memory must stay valid until the receive's outcome or
    /// `.retired`, and for ever after `.abandoned`. Lending nothing fails the receive with an error
    /// of kind `.exhausted`.
    func lend(_ buffers: inout ReceiveBuffers)

    /// Takes the outcome of an operation.
    func completed(_ outcome: IOOutcome)

    /// A timer armed with this handler has come due.
    func timerFired(_ tag: UInt8)
}

extension IOHandler {
    func lend(_ buffers: inout ReceiveBuffers) {}
    func timerFired(_ tag: UInt8) {}
}

/// How an operation on a registered handle ended.
enum IOOutcome {
    /// A connection was accepted; the receiver of this owns the handle.
    case accepted(Handle)
    /// Accepting failed, out of descriptors as a rule. It is paused until `accept(on:)` is called
    /// again: by a timer, so that a full machine is not made busy as well.
    case acceptFailed(IOError)
    case connected
    case connectFailed(IOError)
    /// So many bytes were received; 0 is the orderly close by the peer.
    case received(Int)
    case receiveFailed(IOError)
    /// The peer has closed its direction, or the connection is broken: told once, whether or not a
    /// receive is pending, so that an entry that is not read learns of it. What the kernel still
    /// holds can be received; the receive behind it tells how it ended.
    ///
    /// Systems that notice only by receiving never tell it.
    case hungUp
    /// So many bytes were taken, perhaps not all: the caller posts the rest.
    case sent(Int)
    case sendFailed(IOError)
    /// A watched handle has something to read, or has come to its end.
    case readable
    /// Watching failed.
    case watchFailed(IOError)
    /// The last call: nothing of this entry is pending, and the handle is closed if it was owned.
    case retired
    /// The last call in place of `.retired`, when the poller ends and the kernel does not let go:
    /// it may still read and write what it was lent, so the handler must never free that. The
    /// poller keeps the handler alive for ever.
    case abandoned
}

/// Names a registered handle. A stale one, from before `retire`, is recognised and ignored.
struct EntryID: Hashable, Sendable {
    var index: UInt32
    var generation: UInt32
}

/// An outcome on its way to its handler.
struct Completion {
    let entry: PollerEntry
    let outcome: IOOutcome
}

/// What every backend keeps of a registered handle; each adds its own state in a subclass.
class PollerEntry {
    final let id: EntryID
    final let handle: Handle
    /// Whether the poller closes the handle when the entry is retired.
    final let isOwned: Bool
    final let handler: any IOHandler
    /// Set by `retire`: of what is still on its way, only the last call may be delivered.
    final var isRetired = false

    init(id: EntryID, handle: Handle, isOwned: Bool, handler: any IOHandler) {
        self.id = id
        self.handle = handle
        self.isOwned = isOwned
        self.handler = handler
    }
}
