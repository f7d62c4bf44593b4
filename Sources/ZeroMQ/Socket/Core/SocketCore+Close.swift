extension SocketCore {
    /// Begins to close: every further call throws `error`, and what is queued has until the
    /// deadline to leave. Closing again can only shorten the deadline.
    func beginClosing(linger: Duration?, error: ZeroMQError) {
        // Its connections and paths are those of its parent, and locks may be held for ever.
        if context.wasLostByFork { return }
        let span = linger ?? options.linger
        let deadline = span.map { Instant.now().advanced(by: $0) } ?? .distantFuture
        let workers: [EndpointRecord.Worker] = lock.withLock {
            if let closing = state.closing {
                state.closing?.deadline = min(closing.deadline, deadline)
            } else {
                state.closing = Closing(deadline: deadline)
            }
            return state.endpoints.map(\.worker) + state.departing.values
        }
        refuse(with: error)
        _ = receiveSide?.discardAll()
        for worker in workers { end(worker, until: deadline, waits: false) }
        finishIfDone()
    }

    /// Has every call that waits, and every later one, throw `error`.
    func refuse(with error: ZeroMQError) {
        sendSide?.refuse(with: error)
        receiveSide?.refuse(with: error)
    }

    /// A number for a listener or connector about to be made.
    func nextWorkerNumber() -> Int {
        lock.withLock {
            state.nextWorker += 1
            return state.nextWorker
        }
    }

    /// Takes an endpoint in; false, and nothing has happened, when the socket is closing by now.
    func add(_ record: EndpointRecord) -> Bool {
        lock.withLock {
            guard state.closing == nil else { return false }
            if record.number != 0 { state.children += 1 }
            state.endpoints.append(record)
            state.lastEndpoint = record.resolved
            return true
        }
    }

    /// What a call throws that came too late.
    var lateError: ZeroMQError { context.endError ?? .closed }

    /// Ends what works for an endpoint.
    func end(_ worker: EndpointRecord.Worker, until deadline: Instant, waits: Bool) {
        switch worker {
        case .listener(let listener, let path):
            // Not a message more for its peers once the call has returned.
            if waits { listener.withdrawPeers() }
            // While the listener is open nobody else's socket can have taken the path.
            path?.release()
            // Two I/O threads must not wait for each other either.
            let parker = waits && !context.isOnIOThread ? ThreadParker() : nil
            let isPosted = listener.thread.post {
                listener.close(until: deadline) { parker?.unpark() }
            }
            if isPosted, let parker {
                _ = parker.park(until: Instant.now().advanced(by: .seconds(5)))
            }
        case .connector(let connector):
            // Not a message more once the call has returned.
            if waits, let peer = connector.queues { withdraw(peer) }
            connector.thread.post { connector.close(until: deadline) }
        case .inprocBound(let name):
            context.inproc.unbind(name, self)
        case .inprocConnected(let connect):
            context.inproc.disconnect(connect)
        }
    }

    /// A listener or connector has gone.
    func childClosed(_ number: Int) {
        lock.withLock {
            state.children -= 1
            state.departing[number] = nil
        }
        finishIfDone()
    }

    private func finishIfDone() {
        let ended: Ended? = lock.withLock {
            guard state.closing != nil, state.children == 0, !state.isClosed else { return nil }
            state.isClosed = true
            let ended = Ended(
                waiters: state.closeWaiters, endpoints: state.endpoints, departing: state.departing)
            state.closeWaiters = []
            state.endpoints = []
            state.departing = [:]
            state.connectIDs = [:]
            return ended
        }
        guard let ended else { return }
        context.inproc.forget(self)
        context.unregister(self)
        hub.finish()
        ended.waiters.wake()
    }

    /// What a closed socket lets go of, without its lock: workers hold the socket as it holds them.
    private struct Ended {
        let waiters: [Waiter]
        let endpoints: [EndpointRecord]
        let departing: [Int: EndpointRecord.Worker]
    }

    /// Closes and waits until everything of the socket is gone.
    nonisolated(nonsending)
        func close(linger: Duration?, error: ZeroMQError = .closed) async -> CloseReport
    {
        if context.wasLostByFork { return .nothing }
        beginClosing(linger: linger, error: error)
        let waiter = Waiter()
        while enqueueForClose(waiter) {
            // Cancelled: what is left is given up, so that the wait ends soon.
            if await waiter.suspend() == .cancelled {
                beginClosing(linger: .zero, error: error)
                break
            }
        }
        while enqueueForClose(waiter) {
            _ = await waiter.suspendUncancelled()
        }
        return closeReport
    }

    /// The same for a thread that blocks; one of the I/O threads would wait for itself, and only
    /// begins.
    func closeBlocking(linger: Duration?, error: ZeroMQError = .closed) -> CloseReport {
        if context.wasLostByFork { return .nothing }
        beginClosing(linger: linger, error: error)
        if context.isOnIOThread { return closeReport }
        let waiter = Waiter(parker: ThreadParker())
        while enqueueForClose(waiter) { _ = waiter.block(until: nil) }
        return closeReport
    }

    private func enqueueForClose(_ waiter: Waiter) -> Bool {
        lock.withLock {
            if state.isClosed { return false }
            if !state.closeWaiters.contains(where: { $0 === waiter }) {
                state.closeWaiters.append(waiter)
            }
            return true
        }
    }

    private var closeReport: CloseReport {
        guard let sendSide else { return CloseReport(flushed: 0, discarded: 0) }
        let last = sendSide.lock.withLock { sendSide.last }
        // Before the end nobody knows what becomes of the rest.
        let flushed = lock.withLock { state.isClosed } ? max(0, last.queued - last.lost) : 0
        return CloseReport(flushed: flushed, discarded: last.lost)
    }

    /// The typed socket was dropped without being closed: closes in the background.
    func abandon() {
        if context.wasLostByFork { return }
        if lock.withLock({ state.closing == nil }) { beginClosing(linger: nil, error: .closed) }
    }
}
