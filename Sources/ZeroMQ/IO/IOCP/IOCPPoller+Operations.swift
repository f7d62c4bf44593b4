/// Starting operations. None of these delivers anything: outcomes are collected for `wait`.
extension IOCPPoller {
    /// The most bytes one receive takes; the system counts in 32 bits.
    private static var largestReceive: Int { 1 << 30 }

    func connect(_ id: EntryID, to address: SocketAddress) {
        guard let entry = entries[id], !entry.isConnecting else { return }
        entry.isConnecting = true
        start(.connect, entry) { port.startConnect(entry.handle, to: address, $0) }
    }

    func receive(_ id: EntryID) {
        guard let entry = entries[id], !entry.isReceiving else { return }
        var buffers = ReceiveBuffers()
        entry.handler.lend(&buffers)
        // Lending may have led to anything.
        guard !entry.isRetired, !entry.isReceiving else { return }
        guard buffers.count > 0 else {
            return complete(entry, .receiveFailed(IOError(.exhausted, during: .receive)))
        }
        entry.isReceiving = true
        var pieces = buffers.pieces
        pieces.0.count = min(pieces.0.count, Self.largestReceive)
        pieces.1.count = min(pieces.1.count, Self.largestReceive)
        start(.receive, entry) { block in
            withUnsafePointer(to: &pieces) { pieces in
                pieces.withMemoryRebound(to: ReceiveBuffers.Piece.self, capacity: 2) {
                    port.startReceive(
                        entry.handle, UnsafeBufferPointer(start: $0, count: buffers.count), block)
                }
            }
        }
    }

    func send(_ id: EntryID, _ vectors: UnsafeBufferPointer<IOVector>) {
        guard let entry = entries[id], !entry.isSending else { return }
        if vectors.isEmpty { return complete(entry, .sent(0)) }
        entry.isSending = true
        withUnsafeTemporaryAllocation(of: IOVector.self, capacity: maximumSendVectors) { pieces in
            let count = fill(pieces, from: vectors)
            start(.send, entry) {
                port.startSend(
                    entry.handle, UnsafeBufferPointer(rebasing: pieces[..<count]), $0)
            }
        }
    }

    /// Copies what one operation can move; returns how many pieces that are.
    private func fill(
        _ pieces: UnsafeMutableBufferPointer<IOVector>, from vectors: UnsafeBufferPointer<IOVector>
    ) -> Int {
        var room = configuration.maximumSendBytes
        var used = 0
        for vector in vectors.prefix(pieces.count) where room > 0 {
            let count = min(vector.count, room)
            pieces[used] = IOVector(base: vector.base, count: count)
            room -= count
            used += 1
        }
        return used
    }

    /// Starts an operation; where the system refuses it, that is its outcome.
    private func start(
        _ kind: IOCPOperation.Kind, _ entry: IOCPEntry,
        _ call: (OverlappedBlock.Pointer) -> Int32
    ) {
        let operation = pool.begin(kind, entry)
        let code = call(operation.block)
        if hasStarted(operation, code) {
            configuration.trace?(.started(kind, entry.id))
            return
        }
        takeBack(operation)
        configuration.trace?(.refused(kind, entry.id, code: code))
        finish(kind, entry, code: code, bytes: 0)
    }

    /// Whether the packet of an operation comes: the system's, or its stand-in.
    func hasStarted(_ operation: IOCPOperation, _ code: Int32) -> Bool {
        guard code == Port.doneCode else { return Port.isStarted(code) }
        let bytes = UInt32(clamping: operation.block.pointee.bytes)
        done.append(
            PortPacket(key: PortPacket.operationKey, block: operation.block, bytes: bytes))
        return true
    }

    /// The operation was not started: no packet will come.
    func takeBack(_ operation: IOCPOperation) {
        _ = OverlappedBlock.takeOwner(of: operation.block)
        _ = operation.end()
        pool.give(operation)
    }

    // MARK: Others

    func shutdownSend(_ id: EntryID) {
        guard let entry = entries[id] else { return }
        port.shutdownSend(entry.handle)
    }

    func watch(_ id: EntryID) {
        guard let entry = entries[id], entry.watch == nil else { return }
        do throws(IOError) {
            entry.watch = try port.startWatch(entry.handle, key: PortPacket.watchKey(id))
        } catch {
            complete(entry, .watchFailed(error))
        }
    }
}
