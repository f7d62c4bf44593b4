@testable import ZeroMQ

/// A completion port without a system: operations end when the test says so, in whatever order and
/// with whatever outcome. It watches over what it is given, and collects what must never happen.
final class ScriptedPort: CompletionPort, @unchecked Sendable {
    // Unchecked: used by one thread.

    /// An operation the "kernel" owns.
    struct Pending {
        let handle: Handle
        let block: OverlappedBlock.Pointer
        let kind: IOCPOperation.Kind
        let capacity: Int
        var fresh: Handle?
    }

    private(set) var pending: [Pending] = []
    /// Packets on their way, in the order they will be handed out.
    private(set) var queue: [PortPacket] = []
    private(set) var open: Set<Handle> = []
    private var associated: Set<Handle> = []
    private var failures: [OverlappedBlock.Pointer: Int32] = [:]
    /// Blocks whose packets are in `queue`.
    private var inQueue: [OverlappedBlock.Pointer: Pending] = [:]
    /// What must never happen, and has.
    private(set) var violations: [String] = []
    private(set) var watches: [UInt] = []
    private var nextHandle = 1
    private(set) var wakes = 0

    /// What the next start of an operation returns; taken once.
    var refusal: Int32 = 0
    /// Whether operations are done at once, and nothing comes of them.
    var finishesAtOnce = false
    /// What opening a fresh socket fails with.
    var freshFailure: IOError.Kind?
    /// What the next `finishAccept` or `finishConnect` returns; taken once.
    var finishFailure: Int32 = 0
    /// How many posts fail.
    var postFailures = 0
    /// What every dequeue fails with.
    var dequeueFailure: Int32 = 0
    var time = Instant(nanoseconds: 0)
    /// The longest wait that was asked for last, in milliseconds.
    private(set) var lastWait: UInt32 = 0

    func makeHandle() -> Handle {
        let handle = Handle(raw: nextHandle)
        nextHandle += 1
        open.insert(handle)
        return handle
    }

    private func violated(_ what: String) { violations.append(what) }

    // MARK: The script

    /// Ends a pending operation: its packet is put into the queue at `place`.
    func end(_ index: Int, code: Int32 = 0, bytes: Int = 0, at place: Int? = nil) {
        let operation = pending.remove(at: index)
        if operation.block.pointee.owner == nil { violated("a pending operation was freed") }
        if code != 0 { failures[operation.block] = code }
        operation.block.pointee.status = code == 0 ? 0 : 0xC000_0001
        inQueue[operation.block] = operation
        let packet = PortPacket(
            key: PortPacket.operationKey, block: operation.block, status: code == 0 ? 0 : 1,
            bytes: UInt32(clamping: bytes))
        queue.insert(packet, at: min(place ?? queue.count, queue.count))
    }

    /// A watched handle can be read.
    func endWatch(_ index: Int) { queue.append(PortPacket(key: watches.remove(at: index))) }

    /// A packet for a block that is not pending, as no kernel sends it.
    func stray(_ block: OverlappedBlock.Pointer) {
        queue.append(PortPacket(key: PortPacket.operationKey, block: block))
    }

    /// Whether an operation of this kind is pending, its packet not yet handed out.
    func owns(_ kind: IOCPOperation.Kind, of handle: Handle) -> Bool {
        pending.contains { $0.handle == handle && $0.kind == kind }
    }

    /// How many operations of this kind, or of all, the poller has not been given back.
    func count(_ kind: IOCPOperation.Kind? = nil, of handle: Handle) -> Int {
        let there = pending.count { $0.handle == handle && (kind == nil || $0.kind == kind) }
        let coming = inQueue.values.count {
            $0.handle == handle && (kind == nil || $0.kind == kind)
        }
        return there + coming
    }

    /// Nothing is pending but accepts, and nothing on its way.
    var isQuiet: Bool { queue.isEmpty && pending.allSatisfy { $0.kind == .accept } }

    /// Whether what the kernel owns is untouched.
    func check() {
        for operation in pending where operation.block.pointee.owner == nil {
            violated("the block of a pending operation was taken")
        }
        for packet in queue {
            if let block = packet.block, inQueue[block] != nil, block.pointee.owner == nil {
                violated("the block of an operation whose packet is on its way was taken")
            }
        }
    }

    private func begin(
        _ handle: Handle, _ block: OverlappedBlock.Pointer, _ kind: IOCPOperation.Kind,
        _ capacity: Int, fresh: Handle? = nil
    ) -> Int32 {
        if !open.contains(handle) { violated("\(kind) on a closed handle") }
        if !associated.contains(handle) { violated("\(kind) on a handle without a port") }
        if pending.contains(where: { $0.block == block }) || inQueue[block] != nil {
            violated("a block was used while the kernel owned it")
        }
        if kind != .accept, pending.contains(where: { $0.handle == handle && $0.kind == kind }) {
            violated("two \(kind)s at once")
        }
        if refusal != 0 {
            defer { refusal = 0 }
            return refusal
        }
        if finishesAtOnce {
            block.pointee.bytes = UInt(capacity)
            return Self.doneCode
        }
        pending.append(
            Pending(handle: handle, block: block, kind: kind, capacity: capacity, fresh: fresh))
        return Self.pendingCode
    }

    // MARK: CompletionPort

    func associate(_ handle: Handle) -> Int32 {
        if !associated.insert(handle).inserted { violated("a handle was given a port twice") }
        return 0
    }

    func dequeue(
        _ packets: UnsafeMutableBufferPointer<PortPacket>, _ milliseconds: UInt32
    ) -> (code: Int32, count: Int) {
        lastWait = milliseconds
        if dequeueFailure != 0 { return (dequeueFailure, 0) }
        if queue.isEmpty, milliseconds > 0 { endCancelled() }
        if queue.isEmpty, milliseconds != .max {
            time = time.advanced(by: .milliseconds(Int64(milliseconds)))
        }
        let count = min(packets.count, queue.count)
        for index in 0..<count {
            packets[index] = queue[index]
            if let block = queue[index].block { inQueue[block] = nil }
        }
        queue.removeFirst(count)
        return (0, count)
    }

    func post(key: UInt) -> Int32 {
        if postFailures > 0 {
            postFailures -= 1
            return CompletionStatus.Code.notEnoughMemory
        }
        wakes += 1
        queue.append(PortPacket(key: key))
        return 0
    }

    func failure(of block: OverlappedBlock.Pointer, on handle: Handle) -> Int32 {
        failures.removeValue(forKey: block) ?? 1
    }

    func startReceive(
        _ handle: Handle, _ pieces: UnsafeBufferPointer<ReceiveBuffers.Piece>,
        _ block: OverlappedBlock.Pointer
    ) -> Int32 {
        begin(handle, block, .receive, pieces.reduce(0) { $0 + $1.count })
    }

    func startSend(
        _ handle: Handle, _ pieces: UnsafeBufferPointer<IOVector>, _ block: OverlappedBlock.Pointer
    ) -> Int32 {
        begin(handle, block, .send, pieces.reduce(0) { $0 + $1.count })
    }

    func startAccept(
        _ listener: Handle, into fresh: Handle, _ addresses: UnsafeMutableRawPointer,
        _ block: OverlappedBlock.Pointer
    ) -> Int32 {
        addresses.initializeMemory(as: UInt8.self, repeating: 0, count: Self.acceptAddressBytes)
        return begin(listener, block, .accept, 0, fresh: fresh)
    }

    func startConnect(
        _ handle: Handle, to address: SocketAddress, _ block: OverlappedBlock.Pointer
    ) -> Int32 {
        begin(handle, block, .connect, 0)
    }

    /// Whether a cancellation ends everything at once; otherwise it takes until somebody waits.
    var cancelsAtOnce = true
    /// Whether the "kernel" never gives anything back.
    var keepsEverything = false
    private var cancelled: Set<Handle> = []

    func cancel(_ handle: Handle) {
        if !open.contains(handle) { violated("cancel on a closed handle") }
        cancelled.insert(handle)
        if cancelsAtOnce { endCancelled() }
    }

    private func endCancelled() {
        if keepsEverything { return }
        for index in pending.indices.reversed() where cancelled.contains(pending[index].handle) {
            end(index, code: CompletionStatus.Code.operationAborted)
        }
        cancelled.removeAll()
    }

    /// How often a watch has to be stopped until its packet comes.
    var stopsUntilWatchesEnd = 1

    final class Watch: PortWatch {
        let port: ScriptedPort
        let key: UInt
        private(set) var stops = 0

        init(_ port: ScriptedPort, _ key: UInt) {
            self.port = port
            self.key = key
        }

        func stop() {
            stops += 1
            guard stops >= port.stopsUntilWatchesEnd,
                let index = port.watches.firstIndex(of: key)
            else { return }
            port.endWatch(index)
        }
    }

    func startWatch(_ handle: Handle, key: UInt) throws(IOError) -> any PortWatch {
        if refusal != 0 {
            defer { refusal = 0 }
            throw IOError(portCode: refusal, during: .watch)
        }
        watches.append(key)
        return Watch(self, key)
    }

    func openFresh(for listener: Handle) throws(IOError) -> Handle {
        if let freshFailure { throw IOError(freshFailure, during: .openSocket) }
        return makeHandle()
    }

    private func finishCode() -> Int32 {
        defer { finishFailure = 0 }
        return finishFailure
    }

    func finishAccept(_ handle: Handle, from listener: Handle) -> Int32 { finishCode() }
    func finishConnect(_ handle: Handle) -> Int32 { finishCode() }
    func shutdownSend(_ handle: Handle) {}

    func close(_ handle: Handle) {
        if open.remove(handle) == nil { violated("a handle was closed twice") }
        if pending.contains(where: { $0.handle == handle }) {
            violated("a handle was closed with operations pending")
        }
    }

    func openListener(
        _ address: SocketAddress, _ options: ListenOptions
    ) throws(IOError) -> Handle { makeHandle() }
    func openStream(
        for address: SocketAddress, _ options: StreamOptions
    ) throws(IOError) -> Handle { makeHandle() }
    func tune(_ handle: Handle, _ options: StreamOptions) {}
    func localAddress(of handle: Handle) -> SocketAddress? { nil }
    func peerAddress(of handle: Handle) -> SocketAddress? { nil }
    func now() -> Instant { time }
}
