/// The turn: a batch of packets, and what they mean.
extension IOCPPoller {
    func wait(
        until deadline: Instant?, into completions: inout [Completion]
    ) throws(IOError) {
        defer { handOut(&completions) }
        settleRetired()
        try dequeue(collected.isEmpty ? min(milliseconds(until: deadline), longestWait) : 0)
        settleRetired()
    }

    /// The time to wait, in milliseconds, rounded up; `UInt32.max` for ever.
    private func milliseconds(until deadline: Instant?) -> UInt32 {
        guard let deadline, deadline != .distantFuture else { return .max }
        if deadline == .distantPast { return 0 }
        let nanoseconds = max(0, deadline.duration(since: now()).clampedNanoseconds)
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return UInt32(clamping: min(whole + (rest > 0 ? 1 : 0), Int64(UInt32.max) - 1))
    }

    private func handOut(_ completions: inout [Completion]) {
        if completions.isEmpty {
            swap(&completions, &collected)
        } else {
            completions.append(contentsOf: collected)
            collected.removeAll(keepingCapacity: true)
        }
    }

    /// How many turns in a row may be spent on what was done at once, and on how many of those.
    private static var mostTurnsAside: Int { 4 }
    private static var mostAside: Int { 8 }

    /// Takes one batch of packets from the port, and one of what was done at once.
    func dequeue(_ milliseconds: UInt32) throws(IOError) {
        // A few are told without a way through the kernel; but what it has must not wait for long.
        if !done.isEmpty, done.count <= Self.mostAside, turnsAside < Self.mostTurnsAside {
            turnsAside += 1
            return takeDone()
        }
        turnsAside = 0
        let (code, count) = port.dequeue(packets, done.isEmpty ? milliseconds : 0)
        takeDone()
        if code != 0 { throw IOError(portCode: code, during: .wait) }
        for packet in packets.prefix(count) { take(packet) }
    }

    /// No more than of the port's packets: who is served at once must not crowd out who waits.
    private func takeDone() {
        let count = min(done.count, configuration.batchSize)
        // Taking one may add others.
        for index in 0..<count { take(done[index]) }
        done.removeFirst(count)
    }

    private func take(_ packet: PortPacket) {
        if let block = packet.block {
            ended(block, packet)
        } else if packet.key == PortPacket.wakeKey {
            wakeUpCame()
        } else {
            watchEnded(PortPacket.watched(packet.key))
        }
    }

    private func watchEnded(_ id: EntryID) {
        guard let entry = entries.entry(at: id.index), entry.id == id, entry.watch != nil else {
            return
        }
        entry.watch = nil
        if !entry.isRetired { complete(entry, .readable) }
    }

    private func ended(_ block: OverlappedBlock.Pointer, _ packet: PortPacket) {
        guard let operation = OverlappedBlock.takeOwner(of: block), let entry = operation.end()
        else { return noteStrayPacket() }
        let kind = operation.kind
        let fresh = operation.fresh
        operation.fresh = nil
        let code = packet.status == 0 ? 0 : port.failure(of: block, on: entry.handle)
        let bytes = Int(packet.bytes)
        configuration.trace?(.ended(kind, entry.id, code: code, bytes: bytes))
        if let fresh {
            accepted(entry, fresh, code: code)
        } else {
            finish(kind, entry, code: code, bytes: bytes)
        }
        pool.give(operation)
    }

    /// What the end of an operation means for its entry.
    func finish(_ kind: IOCPOperation.Kind, _ entry: IOCPEntry, code: Int32, bytes: Int) {
        switch kind {
        case .receive: entry.isReceiving = false
        case .send: entry.isSending = false
        case .connect: entry.isConnecting = false
        case .accept: return
        }
        // Cancelled, or on the way when the handle was given up: `.retired` is all that is told.
        if entry.isRetired { return }
        switch kind {
        case .receive:
            complete(
                entry,
                code == 0
                    ? .received(bytes) : .receiveFailed(IOError(portCode: code, during: .receive)))
        case .send:
            complete(
                entry,
                code == 0 ? .sent(bytes) : .sendFailed(IOError(portCode: code, during: .send)))
        case .connect:
            connected(entry, code)
        case .accept: break
        }
    }

    private func connected(_ entry: IOCPEntry, _ code: Int32) {
        let failure = code == 0 ? port.finishConnect(entry.handle) : code
        complete(
            entry,
            failure == 0
                ? .connected : .connectFailed(IOError(portCode: failure, during: .connect)))
    }
}
