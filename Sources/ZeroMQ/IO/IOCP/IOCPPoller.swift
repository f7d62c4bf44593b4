import Synchronization

/// The Windows backend: one I/O completion port.
///
/// Every operation is an object with a block of its own that the kernel owns until the packet has
/// come; packets are taken in batches. A handle that is given up is *retired*: what is pending on
/// it is cancelled, and only when the last packet has come back is the handle closed, `.retired`
/// told, and the entry freed. Wake-ups and watches are posted packets with keys of their own.
///
/// Generic over the port, so that the same logic runs against a scripted one on every platform.
final class IOCPPoller<Port: CompletionPort>: Poller, @unchecked Sendable {
    // `port`, `configuration` and `isWakePosted` are for any thread, all else for the I/O thread.

    let port: Port
    let configuration: IOCPConfiguration

    var entries = EntryTable<IOCPEntry>()
    var pool: IOCPOperationPool
    /// Given up, and waiting for the kernel to let go.
    var retired: [IOCPEntry] = []
    /// Outcomes for the next `wait` to hand out.
    var collected: [Completion] = []
    var isClosed = false
    /// Packets of operations that were done at once: the system sends none, the next turn takes
    /// these.
    var done: [PortPacket] = []
    /// Turns in a row in which the port was not asked.
    var turnsAside = 0
    /// Packets of operations that were not pending. The kernel sends none.
    private(set) var strayPackets = 0
    let packets: UnsafeMutableBufferPointer<PortPacket>
    private let isWakePosted = Atomic<Bool>(false)

    init(port: Port, _ configuration: IOCPConfiguration = IOCPConfiguration()) {
        self.port = port
        self.configuration = configuration.clamped
        pool = IOCPOperationPool(capacity: self.configuration.poolSize)
        packets = .allocate(capacity: self.configuration.batchSize)
    }

    deinit { packets.deallocate() }

    // MARK: Any thread

    func now() -> Instant { port.now() }

    func openListener(
        _ address: SocketAddress, _ options: ListenOptions
    ) throws(IOError) -> Handle {
        try port.openListener(address, options)
    }

    func openStream(
        for address: SocketAddress, _ options: StreamOptions
    ) throws(IOError) -> Handle {
        try port.openStream(for: address, options)
    }

    func tune(_ handle: Handle, _ options: StreamOptions) { port.tune(handle, options) }
    func localAddress(of handle: Handle) -> SocketAddress? { port.localAddress(of: handle) }
    func peerAddress(of handle: Handle) -> SocketAddress? { port.peerAddress(of: handle) }
    func unacknowledgedBytes(of handle: Handle) -> Int { port.unacknowledgedBytes(of: handle) }
    func unreadBytes(of handle: Handle) -> Int? { port.unreadBytes(of: handle) }
    func close(_ handle: Handle) { port.close(handle) }

    var wholeSendLimit: Int? { configuration.maximumSendBytes }

    /// Never: data moves in overlapped operations alone, whose order the I/O thread keeps.
    var sendsNow: Bool { false }
    func sendNow(_ handle: Handle, _ vectors: UnsafeBufferPointer<IOVector>) -> Int { 0 }

    func wake() {
        guard !isWakePosted.exchange(true, ordering: .acquiringAndReleasing) else { return }
        // A post fails only while the system is out of memory for packets.
        for _ in 0..<1000 {
            if port.post(key: PortPacket.wakeKey) == 0 { return }
            System.pause()
        }
        // The loop looks by itself within `longestWait`.
        isWakePosted.store(false, ordering: .releasing)
    }

    func wakeUpCame() { isWakePosted.store(false, ordering: .sequentiallyConsistent) }

    // MARK: Entries

    var entryCount: Int { entries.count }

    func isLive(_ entry: EntryID) -> Bool { entries[entry] != nil }

    func register(
        _ handle: Handle, _ handler: any IOHandler, owned: Bool
    ) throws(IOError) -> EntryID {
        if isClosed { throw IOError(.closed, during: .register) }
        if owned {
            let code = port.associate(handle)
            if code != 0 { throw IOError(portCode: code, during: .register) }
        }
        let entry = entries.insert { id in
            IOCPEntry(id: id, handle: handle, isOwned: owned, handler: handler)
        }
        return entry.id
    }

    // MARK: Plumbing

    @inline(__always)
    func complete(_ entry: IOCPEntry, _ outcome: IOOutcome) {
        collected.append(Completion(entry: entry, outcome: outcome))
    }

    func noteStrayPacket() { strayPackets += 1 }
}
