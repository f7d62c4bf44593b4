/// A network in memory, with a clock of its own, that several simulated pollers share.
///
/// Everything that happens follows from the seed and the calls made. It belongs to one thread: its
/// pollers are driven in turn, and the clock moves on, to the next thing that happens, only when
/// all of them have nothing to do.
final class SimulatedNetwork: @unchecked Sendable {  // used on one thread, see above
    let faults: SimulatedFaults
    private(set) var now = Instant(nanoseconds: 1_000_000_000)
    private var random: SplitMix64
    private var events = SimulatedEventQueue()
    private var nextHandle = 100
    private var nextPort: UInt16 = 49152

    private(set) var sockets: [Handle: SimulatedSocket] = [:]
    var listeners: [SocketAddress: SimulatedSocket] = [:]
    private var inboxes: [SimulatedInbox] = []

    // MARK: Scripted faults

    /// Addresses that answer every connect with a refusal.
    var refusing: Set<SocketAddress> = []
    /// Addresses that do not answer at all.
    var silent: Set<SocketAddress> = []
    /// How many of the next accepts find no descriptor left.
    var exhaustedAccepts = 0
    /// How many of the next sockets cannot be opened.
    var exhaustedOpens = 0

    /// What handlers did to memory that an operation still used.
    var violations: [String] = []

    init(seed: UInt64, faults: SimulatedFaults = SimulatedFaults()) {
        self.faults = faults
        random = SplitMix64(seed: seed)
    }

    // The two ends of a connection hold each other, and what is held up for one holds it.
    deinit {
        for socket in sockets.values {
            socket.peer = nil
            socket.held = []
            socket.entry = nil
            socket.backlog = []
        }
    }

    /// The number of handles that are open.
    var openHandles: Int { sockets.count }

    // MARK: Time

    func add(_ inbox: SimulatedInbox) { inboxes.append(inbox) }

    func remove(_ inbox: SimulatedInbox) { inboxes.removeAll { $0 === inbox } }

    /// Moves the clock on if no poller has anything to do.
    func advanceIfIdle() {
        guard inboxes.allSatisfy({ $0.isIdle }) else { return }
        let deadlines = inboxes.compactMap { $0.deadline }.filter { $0 != .distantFuture }
        let next = (deadlines + (events.nextTime.map { [$0] } ?? [])).min()
        guard let next, next > now else { return }
        now = next
        for inbox in inboxes {
            if let deadline = inbox.deadline, deadline <= now { inbox.isIdle = false }
        }
        runDue()
    }

    /// Lets everything happen that is due.
    func runDue() {
        while let event = events.popDue(now: now) { happen(event.kind) }
    }

    private func happen(_ kind: SimulatedEvent.Kind) {
        if let target = kind.target, target.isStalled {
            // Nobody can heal a handle that has been closed.
            if !target.isClosed { target.held.append(kind) }
            return
        }
        perform(kind)
    }

    // MARK: Chance

    /// Whether something happens that does so `count` times out of `total`.
    func chance(_ count: UInt64, of total: UInt64) -> Bool {
        count > 0 && UInt64.random(in: 0..<total, using: &random) < count
    }

    /// A number from 1 to `limit`.
    func upTo(_ limit: Int) -> Int { Int.random(in: 1...max(1, limit), using: &random) }

    private func latency() -> Duration {
        .nanoseconds(Int64.random(in: faults.latency, using: &random))
    }

    // MARK: Sending events

    /// Has something arrive at `target`, after all that was sent to it before.
    func post(_ kind: SimulatedEvent.Kind, to target: SimulatedSocket) {
        let time = max(now.advanced(by: latency()), target.lastArrival)
        target.lastArrival = time
        events.add(kind, at: time)
    }

    /// Has a connect arrive at its address.
    func knock(from client: SimulatedSocket, at address: SocketAddress, after wait: Duration) {
        let time = now.advanced(by: latency()).advanced(by: wait)
        events.add(.knock(from: client, at: address), at: time)
    }

    // MARK: Handles

    func socket(_ handle: Handle) -> SimulatedSocket? { sockets[handle] }

    func open(_ role: SimulatedSocket.Role) -> SimulatedSocket {
        let socket = SimulatedSocket(
            handle: Handle(raw: nextHandle), role: role, window: faults.window)
        nextHandle += 1
        sockets[socket.handle] = socket
        return socket
    }

    func forget(_ socket: SimulatedSocket) { sockets[socket.handle] = nil }

    /// The address with a port, if it had none.
    func assignPort(_ address: SocketAddress) -> SocketAddress {
        guard !address.isLocal, address.port == 0 else { return address }
        let port = nextPort
        nextPort = nextPort == .max ? 49152 : nextPort + 1
        return address.with(port: port)
    }
}
