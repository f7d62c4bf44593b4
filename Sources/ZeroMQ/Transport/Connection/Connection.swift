import Synchronization

/// One stream to one peer: performs what the ``Session`` decides, and moves bytes between the
/// kernel and the peer's queues. Lives on one I/O thread.
final class Connection: IOHandler, @unchecked Sendable {
    // Unchecked: everything mutable is touched on `thread` only; what other threads call posts.

    /// Where the connection stands.
    enum Phase {
        case connecting
        case handshake
        /// Telling the peer why it is refused.
        case refusing
        case open
        /// Writing what is left before the end.
        case draining
        /// Our side is shut; waiting for the peer's, so that nothing under way is destroyed.
        case lingering
        /// Given up; waiting for the poller to let go.
        case retiring
        case ended
    }

    let thread: IOThread
    let host: any ConnectionHost
    let owner: any ConnectionOwner
    let endpoint: String
    let handle: Handle
    let isRaw: Bool
    /// The other side's address, kept because events are told of it after the handle is closed.
    private(set) var peerAddress: SocketAddress?
    var phase: Phase
    var entry: EntryID?
    var session: Session
    var peer: Peer?
    var end: ConnectionEnd?
    /// Whether the handshake was completed.
    private(set) var wasEstablished = false

    var receiver = ReceiveBuffer()
    var isReceiving = false
    var isReadingPaused = false
    /// Set by the application's thread: there is room for what the peer sends.
    let hasDrained = Atomic<Bool>(false)
    var output = ControlOutput()
    var isSending = false
    /// The bytes of the send under way, where the system takes a send as a whole.
    var wholeSend = 0
    /// Keeps the bytes of a write that was pending when the queue was taken away from the
    /// connection, until the kernel has let go of them.
    private var lastWrite: [AnyObject] = []
    var writeFailure: IOError?
    /// The peer has closed its direction, or the connection is broken.
    var isHungUp = false
    /// Nothing can reach the peer any more: reading does not pause.
    var isPeerLost = false
    /// Whether the rest of a lost peer may be taken in past the high-water mark.
    var mayOverfill = true
    /// Reading has not begun, because of what others have left behind.
    var isHeld = false
    /// Neither is what had come with the handshake: a peer that comes, sends and goes would leave
    /// it behind whatever the limits are.
    var isWaiting = false
    /// Armed between two looks at whether a peer that was held has shown what it brings.
    var settleTimer: TimerID?
    var hasReceived = false
    /// Bytes received since it was this connection's turn.
    var receivedInTurn = 0
    /// Bytes received since a write failed.
    var lastBytes = 0
    /// Why the peer is being told to go.
    var refusal: SessionFailure?

    var timer: TimerID?
    var timerDeadline: Instant?
    /// Armed while the sender writes by itself.
    var restTimer: TimerID?
    /// Until when it may last on, where the sender was busy when it ended.
    var restLimit: Instant?
    static let restTag: UInt8 = 1
    static let settleTag: UInt8 = 2
    var closeDeadline: Instant?
    /// Until when the lingering may take, when it does.
    var lingerDeadline = Instant.distantFuture

    init(
        handle: Handle, phase: Phase, session: SessionConfiguration, isRaw: Bool = false,
        endpoint: String, thread: IOThread, host: any ConnectionHost, owner: any ConnectionOwner,
        peer: Peer? = nil
    ) {
        self.handle = handle
        self.phase = phase
        self.session = Session(session, now: thread.now())
        self.isRaw = isRaw
        self.endpoint = endpoint
        self.thread = thread
        self.host = host
        self.owner = owner
        self.peer = peer
        if phase == .handshake { peerAddress = thread.poller.peerAddress(of: handle) }
    }

    // MARK: Beginning

    /// Begins on an accepted stream. On the I/O thread.
    func startAccepted() {
        guard register() else { return }
        beginHandshake()
    }

    /// Begins by connecting. On the I/O thread.
    func startConnecting(to address: SocketAddress, deadline: Instant?) {
        guard register(), let entry else { return }
        closeDeadline = deadline
        thread.poller.connect(entry, to: address)
        updateTimer()
    }

    private func register() -> Bool {
        do throws(IOError) {
            entry = try thread.poller.register(handle, self, owned: true)
            thread.tenancy.enter(host)
            return true
        } catch {
            thread.poller.close(handle)
            phase = .ended
            owner.connectionEnded(self, .connectFailed(error))
            return false
        }
    }

    private func beginHandshake() {
        closeDeadline = nil
        if isRaw {
            phase = .handshake
            establish(PeerDescription(socketType: .stream, minorVersion: 0))
        } else {
            phase = .handshake
            output.append(session.start())
            flush()
        }
        receive()
        updateTimer()
    }

    /// The handshake is over.
    func becomeOpen() {
        phase = .open
        wasEstablished = true
    }

    // MARK: IOHandler

    func lend(_ buffers: inout ReceiveBuffers) {
        receiver.lend(&buffers, from: host.chunks, needed: session.inputNeeded)
    }

    func completed(_ outcome: IOOutcome) {
        switch outcome {
        case .connected: connected()
        case .connectFailed(let error): finish(.connectFailed(error))
        case .received(let count): received(count)
        case .receiveFailed(let error):
            isReceiving = false
            finish(phase == .lingering ? .closedByUs : .lost(writeFailure ?? error))
        case .sent(let count): sent(count)
        case .sendFailed(let error): sendFailed(error)
        case .hungUp: hungUp()
        case .retired: retired(freesMemory: true)
        case .abandoned: retired(freesMemory: false)
        case .accepted, .acceptFailed, .readable, .watchFailed: break
        }
    }

    func timerFired(_ tag: UInt8) {
        if tag == Self.restTag {
            restTimer = nil
            return endRest()
        }
        if tag == Self.settleTag { return lookWhetherSettled() }
        timer = nil
        timerDeadline = nil
        if phase == .retiring { return letGo() }
        let now = thread.now()
        if let closeDeadline, closeDeadline <= now { return closeDeadlinePassed() }
        perform(session.timerFired(now: now))
        updateTimer()
    }

    private func connected() {
        guard phase == .connecting else { return }
        let poller = thread.poller
        peerAddress = poller.peerAddress(of: handle)
        if let local = poller.localAddress(of: handle), local == peerAddress, !local.isLocal {
            return finish(.connectedToItself)
        }
        emit(.connected)
        beginHandshake()
    }

    // MARK: Ending

    /// Gives the connection up now. On the I/O thread.
    func finish(_ why: ConnectionEnd) {
        guard phase != .retiring, phase != .ended else { return }
        let end = refusal.map { .failed($0) } ?? why
        if wasRefused(end) { host.handshakeFailed() }
        phase = .retiring
        self.end = end
        cancelTimers()
        // A write that has succeeded may not have been reported yet. One turn tells, and keeps what
        // was written from being counted as lost, or from being sent again by the next connection.
        guard isSending, peer != nil else { return letGo() }
        timer = thread.armTimer(at: thread.now(), self, tag: 0)
    }

    private func letGo() {
        // Before the handle closes: no other thread may write to it from here on.
        detachPeer()
        if let entry { thread.poller.retire(entry) } else { retired(freesMemory: true) }
    }

    /// Whether an end is that of a handshake, and not our own doing.
    private func wasRefused(_ end: ConnectionEnd) -> Bool {
        if refusal != nil { return true }
        if case .closedByUs = end { return false }
        return phase == .handshake
    }

    private func detachPeer() {
        guard let peer else { return }
        // Before its queue forgets it: without an outcome yet, the kernel may still read the batch.
        if isSending, !output.isWriting, let pipe = peer.outbound {
            lastWrite = pipe.flight.owners(maximumSendVectors)
            countWholeSend()
        }
        host.dropped(countWhatWaited(), .truncated)
        host.dropped(hasPartialMessage ? 1 : 0, .truncated)
        host.release(peer)
        self.peer = nil
    }

    /// Whether a message is lost whose end has not arrived: not what a socket receives none of, nor
    /// the beginning of a command, a subscription or mere noise.
    private var hasPartialMessage: Bool {
        guard wasEstablished, !isRaw, host.receiveSide != nil else { return false }
        return receiver.isAmidMessage || session.beginsMessage(receiver.unparsed)
    }

    /// The end. Where the kernel may still use the memory it stays, and so does this object.
    private func retired(freesMemory: Bool) {
        guard phase != .ended else { return }
        phase = .ended
        if entry != nil { thread.tenancy.leave(host) }
        detachPeer()
        cancelTimers()
        if freesMemory {
            lastWrite = []
            receiver.reset()
        }
        owner.connectionEnded(self, end ?? .closedByUs)
    }

    private func closeDeadlinePassed() {
        switch phase {
        case .connecting:
            finish(.connectFailed(IOError(.timedOut, during: .connect)))
        case .lingering where waitsForAcknowledgement():
            updateTimer()
        default:
            finish(writeFailure.map { .lost($0) } ?? .closedByUs)
        }
    }
}
