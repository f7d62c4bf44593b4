/// Peers come, go, and change their connection.
extension SendSide {
    /// Adds a peer.
    func attach(_ pipe: OutboundPipe) {
        lock.lock()
        pipes.insert(pipe, at: pipe.slot)
        strategy.attached(pipe, to: self)
        let woken = waiters.takeAll()
        unlockAndSignal()
        woken.wake()
    }

    /// Removes a peer; what was queued for it is lost, and counted under `reason`.
    func detach(_ pipe: OutboundPipe, reason: DropReason) {
        lock.lock()
        if pipes.remove(at: pipe.slot) != nil {
            strategy.detached(pipe, from: self)
            mend(pipe)
            lose(pipe.discardAll(), reason)
            pipe.driver = nil
            pipe.allowsOwnWrites = false
            slots.release(pipe.slot)
        }
        let woken = takeEverybody()
        lock.unlock()
        woken.wake()
    }

    /// Takes a peer that is being closed out of rotation; what is queued for it still leaves.
    func withdraw(_ pipe: OutboundPipe) {
        lock.lock()
        if !pipe.isWithdrawn, pipes.unmanaged(at: pipe.slot) != nil {
            pipe.isWithdrawn = true
            strategy.detached(pipe, from: self)
        }
        let woken = takeEverybody()
        lock.unlock()
        woken.wake()
    }

    /// Gives `pipe` a connection: what is queued leaves by it from now on.
    func begin(_ pipe: OutboundPipe, driver: any PipeDriver, allowsOwnWrites: Bool) {
        let isClosing = lock.withLock {
            pipe.driver = driver
            pipe.allowsOwnWrites = allowsOwnWrites
            pipe.allowsHelp = allowsOwnWrites && strategy.sendsToOne
            // The new connection looks by itself first: it may have to write something of its own.
            pipe.writer = .writing
            return pipe.isClosing
        }
        if isClosing { driver.closeAfterFlush() }
    }

    /// Takes the connection away; what it had not written waits for the next one. `allSent` is
    /// called, with the lock held, when nothing is left to write.
    func interrupt(_ pipe: OutboundPipe, allSent: () -> Void) {
        lock.lock()
        pipe.driver = nil
        pipe.allowsOwnWrites = false
        mend(pipe)
        lose(pipe.rewind(), .rejected)
        if pipe.queuedMessages == 0 { allSent() }
        // What was written and not yet accounted for may have made room.
        let woken = pipe.isParked ? unpark(pipe) : []
        let ahead = followers.takeAll()
        lock.unlock()
        woken.wake()
        ahead.wake()
    }

    /// Queues what a socket says by itself on a new connection: a probe, a welcome.
    func appendGreeting(_ bytes: [UInt8], to pipe: OutboundPipe) {
        lock.lock()
        bytes.withUnsafeBytes { pipe.appendFrame($0, more: false) }
        pipe.endMessage()
        signal(pipe)
        unlockAndSignal()
    }
}
