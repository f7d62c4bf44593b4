/// The kernel's side of an I/O thread: a completion interface.
///
/// An operation is started on a registered handle, and its outcome is delivered by a later `wait`.
/// No call that starts an operation ever calls a handler. Completion systems hand the operation to
/// the kernel; readiness systems try it and wait for readiness only when it would block. At most
/// one receive, one send and one connect may be pending per entry; a second is ignored.
///
/// Memory belongs to the operation it was given to, for a completion system reads or fills it at
/// any time: what a handler lends for a receive, and the bytes of a send, stay valid and unchanged
/// until that operation's outcome was delivered. Where the entry is retired first there is no
/// outcome, and they stay so until `.retired`, which comes when the kernel has let go of them.
/// `SimulatedPoller` checks this.
///
/// Calls marked *any thread* may be made from everywhere, the others on the I/O thread alone.
/// Calls that name a retired entry do nothing.
protocol Poller: SocketCalls {
    /// What people call this kind of poller. Any thread.
    var name: StaticString { get }

    // MARK: Entries

    /// Takes a handle in.
    ///
    /// An owned handle must be non-blocking, as those of this poller are. One that is not owned is
    /// only to be watched, and is left in the mode it has.
    func register(
        _ handle: Handle, _ handler: any IOHandler, owned: Bool
    ) throws(IOError) -> EntryID

    /// How many descriptors accepting leaves to the rest of the process: with no more than these
    /// left it fails as `exhausted`, and who wants to connect waits in the backlog. Not used where
    /// the system has no such limit. Set before the loop runs.
    var descriptorReserve: Int { get set }

    /// Starts accepting, until paused or retired: `.accepted` for each connection, 64 a turn.
    func accept(on entry: EntryID)

    /// Stops accepting; connections that come meanwhile wait in the backlog.
    func pauseAccepting(on entry: EntryID)

    /// Starts to connect: `.connected` or `.connectFailed`.
    func connect(_ entry: EntryID, to address: SocketAddress)

    /// Starts one receive into what the handler lends: `.received` or `.receiveFailed`.
    func receive(_ entry: EntryID)

    /// Starts one gather send of up to 64 pieces (more are left for the next): `.sent` or
    /// `.sendFailed`.
    ///
    /// The array is copied where needed; the memory it points to must stay valid until the outcome
    /// or `.retired`.
    func send(_ entry: EntryID, _ vectors: UnsafeBufferPointer<IOVector>)

    /// Whether bytes were received ahead that no receive has taken yet: the kernel does not count
    /// them as unread any more.
    func holdsBytes(of entry: EntryID) -> Bool

    /// Asks for one `.readable`. For handles that are not owned: terminals, pipes, files.
    func watch(_ entry: EntryID)

    /// Says that nothing more will be sent (a FIN on TCP).
    func shutdownSend(_ entry: EntryID)

    /// Cancels all that is pending, then `.retired` (or, from `close`, `.abandoned`); no other
    /// outcome after this call.
    func retire(_ entry: EntryID)

    /// Whether an entry with this id is registered and not retired.
    func isLive(_ entry: EntryID) -> Bool

    /// The number of entries, those included whose `.retired` is still on its way.
    var entryCount: Int { get }

    /// The most bytes of one send, on a system that takes a send as a whole: how much of one has
    /// reached the peer is not known when it fails or is given up, so all of it counts as taken.
    /// Nil on a system that tells how much it took. Any thread.
    var wholeSendLimit: Int? { get }

    // MARK: Data from other threads

    /// Whether `sendNow` ever sends. Any thread.
    var sendsNow: Bool { get }

    /// Makes one non-blocking send past the I/O thread. Any thread.
    ///
    /// - Returns: the bytes taken; 0 if it would block or fails (the I/O thread meets the error
    ///   itself). The caller sees to it that no send of the entry is pending and the handle is
    ///   open.
    func sendNow(_ handle: Handle, _ vectors: UnsafeBufferPointer<IOVector>) -> Int

    // MARK: The loop

    /// Whether the calls that are made on the I/O thread may come from one thread now and from
    /// another then. Any thread.
    var mayChangeThread: Bool { get }

    /// Appends the outcomes that are there, waiting for some until `deadline` (nil: for ever).
    ///
    /// May return with none, early or because of `wake`. An error means that this poller is broken.
    func wait(until deadline: Instant?, into completions: inout [Completion]) throws(IOError)

    /// Ends the current or the next `wait`. Any thread.
    func wake()

    /// Retires every entry, waits for what the kernel still holds, appends the outcomes and closes.
    ///
    /// Nothing can be registered any more; `wake` may still be called and does nothing.
    func close(into completions: inout [Completion])
}

extension Poller {
    var name: StaticString { "system" }
    var wholeSendLimit: Int? { nil }
    var sendsNow: Bool { true }
    var mayChangeThread: Bool { false }
    func holdsBytes(of entry: EntryID) -> Bool { false }

    var descriptorReserve: Int {
        get { 0 }
        set {}
    }
}

/// The largest number of pieces one gather send takes.
let maximumSendVectors = 64

/// The most connections one listener accepts in one turn.
let maximumAcceptsPerTurn = 64
