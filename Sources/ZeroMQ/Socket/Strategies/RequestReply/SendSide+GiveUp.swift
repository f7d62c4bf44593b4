/// Requests that nobody waits for any more (REQ).
extension SendSide {
    /// Sees to it that no reply to `request` is taken for the reply to a later one. Lock held.
    ///
    /// What has not left never will. Of what has left the reply is still to come, and without a
    /// number nothing in it tells which request it is for. Counting replies would not do: a ROUTER
    /// may answer never or twice, and a REP drops a reply at its high-water mark. So the way it
    /// would come by is cut: nothing more is written to the connection or taken from it, and it is
    /// ended once the lock is released.
    func giveUp(_ request: RequestState.Request, of state: RequestState) {
        guard let pipe = pipes[request.slot] else { return }
        let discarded = pipe.discardQueued()
        if discarded > 0 {
            lose(1, .givenUp)
            // There is one request at a time: what else was there is the probe.
            if discarded > 1, state.probes { appendProbe(to: pipe) }
        } else if request.correlation == nil {
            sever(pipe, of: state)
        }
        if pipe.isParked { owe(unpark(pipe)) }
    }

    private func appendProbe(to pipe: OutboundPipe) {
        pipe.appendFrame(UnsafeRawBufferPointer(start: nil, count: 0), more: false)
        pipe.endMessage()
        signal(pipe)
    }

    private func sever(_ pipe: OutboundPipe, of state: RequestState) {
        guard let driver = pipe.driver else { return }
        state.sever(pipe.slot)
        pipe.isSevered = true
        pipe.driver = nil
        pipe.allowsOwnWrites = false
        if !pipe.outlivesConnection {
            // The pipe goes with its connection, and so would the next request.
            pipe.isWithdrawn = true
            strategy.detached(pipe, from: self)
        }
        owe(endOf: driver)
    }

    /// The connection of a pipe has gone: forgets what it had begun to write of a request that was
    /// given up. Lock held.
    func mend(_ pipe: OutboundPipe) {
        guard pipe.isSevered else { return }
        lose(pipe.discardFlight(), .givenUp)
        pipe.isSevered = false
    }
}
