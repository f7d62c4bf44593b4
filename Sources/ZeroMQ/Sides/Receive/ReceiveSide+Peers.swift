/// Peers come and go; what they had sent stays.
extension ReceiveSide {
    /// Adds a peer.
    func attach(_ pipe: InboundPipe) {
        lock.withLock { pipes.insert(pipe, at: pipe.slot) }
    }

    /// Removes a peer. Messages already received stay to be taken; the pipe goes with the last.
    func detach(_ pipe: InboundPipe) {
        lockQueues()
        pipe.driver = nil
        strategy.detached(pipe, from: self)
        pipe.source = nil
        if pipe.hasMessage, isCrowded, !holdsCrowds {
            counters.drop(pipe.discardAll(), .highWaterMark)
        }
        if pipe.hasMessage { keepOrphan(pipe) } else { drop(pipe) }
        leaveCrowd(pipe)
        let woken = strategy.wakesOnDetach ? waiters.takeAll() : []
        unlockAndSettle()
        woken.wake()
    }

    /// The connection is lost; whole messages stay, an unfinished one goes.
    func interrupt(_ pipe: InboundPipe) {
        lockQueues()
        pipe.driver = nil
        _ = pipe.discardPartial()
        leaveCrowd(pipe)
        unlockAndSettle()
    }

    /// Forgets a pipe. Lock held.
    func drop(_ pipe: InboundPipe) {
        ready.deactivate(pipe.slot)
        guard pipes.remove(at: pipe.slot) != nil else { return }
        slots.release(pipe.slot)
        if pipe.isOrphan { forgetOrphan(pipe) }
    }

    /// Throws away what is queued from everybody; returns how many messages were lost.
    func discardAll() -> Int {
        withQueues {
            var lost = 0
            pipes.forEach { lost += $0.discardAll() }
            counters.drop(lost, .socketClosed)
            return lost
        }
    }
}
