import Synchronization

/// A poller over a simulated network: the clock is virtual, the outcomes follow from a seed.
///
/// It is driven by hand, `IOThread.runTurn(wait:)`, on the network's thread. `wait` never blocks:
/// without anything to do it moves the clock on, or returns when some other poller is still busy.
final class SimulatedPoller: Poller, @unchecked Sendable {
    // Only `isWoken` is touched by other threads.

    let network: SimulatedNetwork
    let inbox = SimulatedInbox()
    var entries = EntryTable<SimulatedEntry>()
    var retiring: [SimulatedEntry] = []
    var collected: [Completion] = []
    /// Entries of which the system has never let go.
    var abandoned: [SimulatedEntry] = []
    private(set) var isClosed = false
    private let isWoken = Atomic<Bool>(false)

    init(_ network: SimulatedNetwork) {
        self.network = network
        network.add(inbox)
    }

    func now() -> Instant { network.now }

    // MARK: Sockets

    func openListener(
        _ address: SocketAddress, _ options: ListenOptions
    ) throws(IOError) -> Handle {
        try network.openListener(address, options)
    }

    func openStream(
        for address: SocketAddress, _ options: StreamOptions
    ) throws(IOError) -> Handle {
        try network.openStream(options.source)
    }

    func tune(_ handle: Handle, _ options: StreamOptions) {}

    func localAddress(of handle: Handle) -> SocketAddress? { network.socket(handle)?.local }

    func peerAddress(of handle: Handle) -> SocketAddress? { network.socket(handle)?.remote }

    func close(_ handle: Handle) { network.close(handle) }

    func unacknowledgedBytes(of handle: Handle) -> Int {
        network.socket(handle)?.peer?.underway ?? 0
    }

    func unreadBytes(of handle: Handle) -> Int? { network.socket(handle)?.available }
    var sendsNow: Bool { !network.faults.completes }

    func sendNow(_ handle: Handle, _ vectors: UnsafeBufferPointer<IOVector>) -> Int {
        guard let socket = network.socket(handle), socket.role == .stream, !socket.isReset,
            !socket.isSendClosed
        else { return 0 }
        return network.send(vectors, from: socket) ?? 0
    }

    // MARK: Entries

    var entryCount: Int { entries.count }

    func isLive(_ entry: EntryID) -> Bool { entries[entry] != nil }

    func register(
        _ handle: Handle, _ handler: any IOHandler, owned: Bool
    ) throws(IOError) -> EntryID {
        if isClosed { throw IOError(.closed, during: .register) }
        guard let socket = network.socket(handle), socket.entry == nil else {
            throw IOError(.invalid, during: .register)
        }
        let entry = entries.insert { id in
            SimulatedEntry(id: id, handle: handle, isOwned: owned, handler: handler)
        }
        entry.socket = socket
        socket.entry = entry
        socket.inbox = inbox
        return entry.id
    }

    func complete(_ entry: SimulatedEntry, _ outcome: IOOutcome) {
        collected.append(Completion(entry: entry, outcome: outcome))
    }

    var wholeSendLimit: Int? { network.faults.takesSendsWhole ? 1 << 20 : nil }

    // MARK: The loop

    func wake() { isWoken.store(true, ordering: .releasing) }

    func wait(until deadline: Instant?, into completions: inout [Completion]) throws(IOError) {
        inbox.isIdle = false
        network.runDue()
        work()
        let isWoken = isWoken.exchange(false, ordering: .acquiring)
        let mayWait = deadline.map { $0 > network.now } ?? true
        if collected.isEmpty, inbox.changed.isEmpty, retiring.isEmpty, mayWait, !isWoken {
            inbox.deadline = deadline
            inbox.isIdle = true
            network.advanceIfIdle()
            work()
        }
        completions.append(contentsOf: collected)
        collected.removeAll(keepingCapacity: true)
    }

    func close(into completions: inout [Completion]) {
        isClosed = true
        for entry in entries.live { retire(entry.id) }
        while !retiring.isEmpty { finishRetiring() }
        completions.append(contentsOf: collected)
        collected.removeAll()
        inbox.changed.removeAll()
        network.remove(inbox)
    }

    private func work() {
        finishRetiring()
        var batch: [SimulatedEntry] = []
        swap(&batch, &inbox.changed)
        for entry in batch {
            entry.isQueued = false
            if !entry.isRetired, let socket = entry.socket { advance(entry, socket) }
        }
    }
}
