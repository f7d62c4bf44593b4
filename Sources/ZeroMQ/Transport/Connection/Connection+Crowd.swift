/// Connections that begin while others have left too much behind; see ``ReceiveSide``.
extension Connection {
    /// Begins to read from a peer that has been admitted, or to wait for its turn.
    func beginReading(_ peer: Peer) {
        if let inbound = peer.inbound, let side = host.receiveSide {
            let beginning = side.beginning(of: inbound)
            if beginning != .open {
                mayOverfill = false
                isHeld = beginning == .held
                isWaiting = true
                pauseReading()
            }
        }
        losePeerThatHungUp()
    }

    /// Reading is resumed: what had come with the handshake is first.
    func readWhatWaited() {
        guard isWaiting else { return }
        isWaiting = false
        if !isRaw { process(thread.now()) }
    }

    /// The messages that came with the handshake and are not to be read any more.
    func countWhatWaited() -> Int {
        guard isWaiting else { return 0 }
        isWaiting = false
        var count = 0
        while case let step = session.advance(receiver.unparsed, now: thread.now()),
            case .frames(let messages, _) = step.action, step.consumed > 0
        {
            count += messages
            receiver.skip(step.consumed)
        }
        return count
    }

    /// It is our turn: reading has been resumed.
    func enter() {
        isHeld = false
        hasReceived = false
        receivedInTurn = 0
        lookAgain()
    }

    /// In the next turn, when whatever is there has been received.
    private func lookAgain() {
        settleTimer = thread.armTimer(at: thread.now(), self, tag: Self.settleTag)
    }

    /// Nothing has come in a whole turn: that was it, for now. Who never stops, and whose messages
    /// are taken as they come, has shown enough after a limit's worth.
    func lookWhetherSettled() {
        settleTimer = nil
        if isHeld { return endIfNothingIsLeft() }
        let enough = host.receiveSide?.byteLimit ?? 0
        guard hasReceived, receivedInTurn < enough, phase == .open else { return settle() }
        hasReceived = false
        lookAgain()
    }

    /// The peer has shown what it brings.
    func settle() {
        if let settleTimer { thread.cancelTimer(settleTimer) }
        settleTimer = nil
        if let side = host.receiveSide, let inbound = peer?.inbound { side.hasSettled(inbound) }
    }

    /// A peer has gone before its turn came. It gets no more messages, and what it may have alone
    /// is free for the next; what it sent waits in the kernel.
    func loseHeldPeer() {
        if let peer { host.hasLeft(peer) }
        // Not at once: behind the handshake messages may have been read that are still to be cut.
        if settleTimer == nil { lookAgain() }
    }

    private var hasWhatWaited: Bool { isWaiting && !receiver.unparsed.isEmpty }

    /// If neither kernel nor poller holds anything of a peer that has gone, this is the end.
    private func endIfNothingIsLeft() {
        guard isHungUp, thread.poller.unreadBytes(of: handle) == 0, !hasWhatWaited else { return }
        if let entry, thread.poller.holdsBytes(of: entry) { return }
        finish(writeFailure.map { .lost($0) } ?? .closedByPeer)
    }
}
