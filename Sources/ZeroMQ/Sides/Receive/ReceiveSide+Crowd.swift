/// What peers leave behind when they go is limited: beyond ``byteLimit`` a connection that begins
/// is held, and its bytes wait in the kernel until the application has caught up.
///
/// Those who were held are let in one after the other. The next one's turn comes when the last has
/// shown what it brings: it has nothing more to read, its queue is full, or it has gone. What it
/// brought then counts until the application has taken it, or peers that send and go would be let
/// in faster than their messages are taken. What comes behind that is back-pressure's affair.
extension ReceiveSide {
    /// How a connection begins.
    enum Beginning {
        /// It reads.
        case open
        /// Its queue is full; it reads when there is room.
        case full
        /// It waits for its turn.
        case held
    }

    /// So many connections are held; further ones wait in the listeners' backlogs, where they cost
    /// no descriptor.
    static let mostHeld = 64

    /// What an empty queue of a peer that has gone takes, rounded up.
    private static let orphanSize = 1024

    /// Whether peers that came, sent and went have left as much behind as they may.
    var isCrowded: Bool { leftBehind >= byteLimit || held.count > 0 }

    /// Whether listeners are to wait.
    var holdsTooMany: Bool { lock.withLock { held.count >= Self.mostHeld } }

    /// Decides how a connection begins.
    func beginning(of pipe: InboundPipe) -> Beginning {
        withQueues {
            if isCrowded, holdsCrowds, held.insert(pipe.slot) { pipe.isHeld = true }
            pipe.isPaused = pipe.isHeld || pipe.isFull
            return pipe.isHeld ? .held : pipe.isPaused ? .full : .open
        }
    }

    /// A connection that was held has shown what it brings. Any thread.
    func hasSettled(_ pipe: InboundPipe) {
        lock.lock()
        if entering == pipe.slot {
            entering = nil
            pipe.settledAt = pipe.arrivedBytes
            entered.append(pipe.slot)
            admitNext()
        }
        unlockAndSettle()
    }

    /// A connection has ended, held or not. Lock held.
    func leaveCrowd(_ pipe: InboundPipe) {
        if pipe.isHeld {
            pipe.isHeld = false
            held.remove(pipe.slot)
        }
        if entering == pipe.slot { entering = nil }
        admitNext()
    }

    /// Keeps the queue of a peer that has gone until it has been taken. Lock held.
    func keepOrphan(_ pipe: InboundPipe) {
        pipe.isOrphan = true
        pipe.leftBehind = pipe.queuedBytes + Self.orphanSize
        leftBehind += pipe.leftBehind
    }

    /// Lock held.
    func forgetOrphan(_ pipe: InboundPipe) {
        leftBehind -= pipe.leftBehind
        admitNext()
    }

    /// Lets the connection in that has been held the longest, unless there is a crowd still. Asked
    /// whenever the application has made room. Lock held.
    func admitNext() {
        let most = byteLimit - byteLimit / 8
        while entering == nil, let slot = held.current, leftBehind + unprovenBytes() < most {
            held.remove(slot)
            guard let pipe = pipes[slot], pipe.isHeld else { continue }
            pipe.isHeld = false
            if pipe.driver == nil { continue }
            entering = slot
            settleFlow(pipe)
        }
    }

    /// Bytes that those who were let in brought with them and that nobody has taken yet.
    private func unprovenBytes() -> Int {
        var bytes = 0
        entered.removeAll { slot in
            // Of one that has gone all of its queue counts.
            guard let pipe = pipes[slot], !pipe.isOrphan else { return true }
            let left = pipe.settledAt - (pipe.arrivedBytes - pipe.queuedBytes)
            bytes += max(0, left)
            return left <= 0
        }
        return bytes
    }
}
