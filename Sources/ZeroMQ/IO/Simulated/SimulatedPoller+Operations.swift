/// Starting operations, and carrying on those that had to wait.
extension SimulatedPoller {
    func accept(on entry: EntryID) {
        guard let entry = entries[entry] else { return }
        entry.isAccepting = true
        entry.socket?.touch()
    }

    func pauseAccepting(on entry: EntryID) { entries[entry]?.isAccepting = false }

    func connect(_ entry: EntryID, to address: SocketAddress) {
        guard let entry = entries[entry], !entry.isConnecting else { return }
        guard let socket = entry.socket, socket.role == .fresh else {
            complete(entry, .connectFailed(IOError(.invalid, during: .connect)))
            return
        }
        entry.isConnecting = true
        network.connect(socket, to: address)
    }

    func receive(_ entry: EntryID) {
        guard let entry = entries[entry] else { return }
        entry.isReceiving = true
        entry.socket?.touch()
    }

    func send(_ entry: EntryID, _ vectors: UnsafeBufferPointer<IOVector>) {
        guard let entry = entries[entry], entry.vectors.isEmpty else { return }
        let pieces = UnsafeBufferPointer(rebasing: vectors.prefix(maximumSendVectors))
        if pieces.isEmpty {
            complete(entry, .sent(0))
        } else if let socket = entry.socket {
            if !network.faults.completes, trySend(entry, socket, pieces) { return }
            keep(pieces, for: entry)
            socket.touch()
        }
    }

    func watch(_ entry: EntryID) {
        guard let entry = entries[entry] else { return }
        entry.isWatching = true
        entry.socket?.touch()
    }

    func shutdownSend(_ entry: EntryID) {
        guard let socket = entries[entry]?.socket else { return }
        network.shutdownSend(socket)
    }

    func retire(_ entry: EntryID) {
        guard let entry = entries[entry] else { return }
        entry.isRetired = true
        inbox.isIdle = false
        entry.socket?.entry = nil
        entry.socket?.inbox = nil
        entry.socket = nil
        entry.turnsToRetire = network.faults.completes ? 3 : 0
        retiring.append(entry)
    }

    func finishRetiring() {
        var rest: [SimulatedEntry] = []
        for entry in retiring {
            if entry.turnsToRetire > 0 {
                entry.turnsToRetire -= 1
                rest.append(entry)
                continue
            }
            let isKept = isClosed && network.faults.keepsEverything && entry.usesMemory
            if isKept {
                abandoned.append(entry)
            } else {
                checkSend(entry)
                checkReceive(entry)
            }
            entries.remove(entry)
            if entry.isOwned { network.close(entry.handle) }
            complete(entry, isKept ? .abandoned : .retired)
        }
        retiring = rest
    }

    // MARK: Carrying on

    /// Does what an entry can do now; one receive at most.
    func advance(_ entry: SimulatedEntry, _ socket: SimulatedSocket) {
        if let result = socket.connectResult {
            socket.connectResult = nil
            entry.isConnecting = false
            switch result {
            case .success: complete(entry, .connected)
            case .failure(let error): complete(entry, .connectFailed(error))
            }
        }
        if entry.isWatching, socket.isSignalled {
            entry.isWatching = false
            complete(entry, .readable)
        }
        if entry.isAccepting { accept(entry, socket) }
        if !entry.vectors.isEmpty {
            checkSend(entry)
            let isDone = entry.vectors.withUnsafeBufferPointer { trySend(entry, socket, $0) }
            if isDone {
                entry.vectors = []
                entry.promised = []
            }
        }
        tellHangUp(entry, socket)
        if entry.isReceiving { receive(entry, socket) }
    }

    private func accept(_ entry: SimulatedEntry, _ socket: SimulatedSocket) {
        for _ in 0..<maximumAcceptsPerTurn {
            guard !socket.backlog.isEmpty else { return }
            if network.exhaustedAccepts > 0 {
                network.exhaustedAccepts -= 1
                entry.isAccepting = false
                complete(entry, .acceptFailed(IOError(.exhausted, during: .accept)))
                return
            }
            complete(entry, .accepted(socket.backlog.removeFirst().handle))
        }
        socket.touch()
    }

    /// Makes one send.
    ///
    /// - Returns: false if it would block.
    private func trySend(
        _ entry: SimulatedEntry, _ socket: SimulatedSocket,
        _ pieces: UnsafeBufferPointer<IOVector>
    ) -> Bool {
        if socket.role != .stream || socket.isReset || socket.isSendClosed {
            complete(entry, .sendFailed(IOError(.reset, during: .send)))
            return true
        }
        if network.faults.takesSendsWhole { return sendWhole(entry, socket) }
        guard let count = network.send(pieces, from: socket) else { return false }
        complete(entry, .sent(count))
        return true
    }

    /// Sends as much of the pending send as there is room for; false until all of it is gone.
    private func sendWhole(_ entry: SimulatedEntry, _ socket: SimulatedSocket) -> Bool {
        let rest = IOVector.rest(of: entry.vectors, behind: entry.taken)
        if !rest.isEmpty {
            let count = rest.withUnsafeBufferPointer { network.send($0, from: socket) }
            guard let count else { return false }
            entry.taken += count
            if !IOVector.rest(of: rest, behind: count).isEmpty { return false }
        }
        complete(entry, .sent(entry.taken))
        entry.taken = 0
        return true
    }

    private func tellHangUp(_ entry: SimulatedEntry, _ socket: SimulatedSocket) {
        guard socket.hasEnded || socket.isReset, socket.role == .stream, !entry.toldHangUp,
            !network.faults.completes
        else { return }
        entry.toldHangUp = true
        complete(entry, .hungUp)
    }

    private func receive(_ entry: SimulatedEntry, _ socket: SimulatedSocket) {
        var buffers = ReceiveBuffers()
        if network.faults.completes {
            if entry.lent.count == 0 {
                borrow(for: entry)
                if entry.isRetired { return }
            }
            buffers = entry.lent
        }
        if socket.available == 0 {
            guard socket.isReset || socket.hasEnded else { return }
            entry.isReceiving = false
            checkReceive(entry)
            complete(
                entry,
                socket.isReset
                    ? .receiveFailed(IOError(.reset, during: .receive)) : .received(0))
            return
        }
        if !network.faults.completes {
            entry.handler.lend(&buffers)
            if entry.isRetired { return }
        }
        entry.isReceiving = false
        checkReceive(entry)
        guard buffers.count > 0 else {
            complete(entry, .receiveFailed(IOError(.exhausted, during: .receive)))
            return
        }
        var count = min(buffers.capacity, socket.available)
        if network.chance(network.faults.shortReceives, of: 100) { count = network.upTo(count) }
        let first = min(count, buffers.pieces.0.count)
        if let base = buffers.pieces.0.base { socket.take(first, into: base) }
        if count > first, let base = buffers.pieces.1.base {
            socket.take(count - first, into: base)
        }
        complete(entry, .received(count))
        // The other end has room again.
        socket.peer?.touch()
    }
}
