/// One end in a simulated network: a listener, a stream, or a plain signal.
final class SimulatedSocket {
    enum Role { case fresh, listener, connecting, stream, signal }

    let handle: Handle
    var role: Role
    var local: SocketAddress?
    var remote: SocketAddress?
    /// The other end; nil once that is closed.
    var peer: SimulatedSocket?
    var isClosed = false

    // MARK: Stream

    /// Bytes that have arrived, from `head` on.
    var inbound: [UInt8] = []
    var head = 0
    /// Bytes on their way here.
    var underway = 0
    let window: Int
    /// When the last thing sent to this end arrives: nothing overtakes it.
    var lastArrival = Instant.distantPast
    var hasEnded = false
    var isReset = false
    /// Nothing more is sent from here.
    var isSendClosed = false
    /// Whether what is sent to this end is held up.
    var isStalled = false
    /// What is held up, in order.
    var held: [SimulatedEvent.Kind] = []
    /// How the pending connect ended.
    var connectResult: Result<Void, IOError>?

    // MARK: Listener

    var backlog: [SimulatedSocket] = []
    var backlogLimit = 0

    // MARK: Signal

    var isSignalled = false

    // MARK: Registration

    var entry: SimulatedEntry?
    var inbox: SimulatedInbox?

    init(handle: Handle, role: Role, window: Int) {
        self.handle = handle
        self.role = role
        self.window = window
    }

    /// Bytes that can be received.
    var available: Int { inbound.count - head }

    /// Bytes that may still be sent to this end.
    var room: Int { max(0, window - available - underway) }

    /// Tells the poller this end is registered with that something has changed.
    func touch() {
        guard let entry, let inbox else { return }
        inbox.isIdle = false
        guard !entry.isQueued else { return }
        entry.isQueued = true
        inbox.changed.append(entry)
    }

    /// Takes up to `count` bytes into `base`.
    func take(_ count: Int, into base: UnsafeMutableRawPointer) {
        inbound.withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: base, count: count).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: bytes[head..<(head + count)]))
        }
        head += count
        if head == inbound.count {
            inbound.removeAll(keepingCapacity: true)
            head = 0
        }
    }
}

/// What a poller shares with the network: what has changed for it, and how long it would wait.
final class SimulatedInbox {
    var changed: [SimulatedEntry] = []
    /// Whether its last wait found nothing to do.
    var isIdle = false
    /// Until when it would wait; nil is for ever.
    var deadline: Instant?

    init() {}
}

/// What the simulated backend knows of a registered handle.
final class SimulatedEntry: PollerEntry {
    /// Nil for a handle the network does not know.
    var socket: SimulatedSocket?
    var isQueued = false
    var isReceiving = false
    var isAccepting = false
    var isConnecting = false
    var isWatching = false
    /// The pieces of the pending send; empty when none is.
    var vectors: [IOVector] = []
    /// The bytes of it that were taken, where a send is told of as a whole.
    var taken = 0
    /// What those pieces held when the send was started.
    var promised: [UInt8] = []
    /// What the handler has lent for the pending receive; none on a readiness system.
    var lent = ReceiveBuffers()
    /// Whether `.hungUp` has been told.
    var toldHangUp = false
    /// Turns until the system has let go of a retired entry.
    var turnsToRetire = 0

    /// Whether the system uses memory of the handler's.
    var usesMemory: Bool { !vectors.isEmpty || lent.count > 0 }
}
