extension Connection {
    /// Performs what the session decided: the one place where decisions become effects.
    func perform(_ action: SessionAction) {
        switch action {
        case .none, .needMore, .frames, .largeBody:
            break
        case .send(let bytes):
            // All that is said after the handshake are heartbeats; subscriptions come another way.
            if isPiping { output.append(heartbeat: bytes) } else { output.append(bytes) }
            flush()
        case .established(let description, let bytes):
            output.append(bytes)
            establish(description)
        case .subscribe(let topic):
            subscribe(topic)
        case .cancel(let topic):
            deliver()
            if let peer { host.cancel(topic, for: peer) }
            limitNotices()
        case .refusedFrame(let kind):
            refuse(kind)
        case .fail(let failure):
            fail(failure)
        }
    }

    /// Opens the peer's queues to the connection.
    ///
    /// A peer that is refused here, for a routing id in use, has seen the handshake succeed: with
    /// NULL both sides send READY unasked, and ours left before its id came. libzmq leaves such a
    /// peer connected for ever and never serves it; ours sees the connection closed, and tries
    /// again. On this side there is `peerRefused`, then `handshakeFailed`, and no success.
    func establish(_ description: PeerDescription) {
        let admission = owner.admit(self) {
            host.admit(description, waiting: peer, through: self)
        }
        switch admission {
        case nil:
            finish(.closedByUs)
        case .refused(let why):
            emit(.peerRefused, reason: why)
            finish(.refused(why))
        case .admitted(let admitted):
            peer = admitted
            becomeOpen()
            beginReading(admitted)
            owner.connectionEstablished(self)
            emit(.handshakeSucceeded)
            // Its owner may have been about to close, and ended it at once.
            if isPiping, let pipe = admitted.outbound {
                host.sendSide?.begin(
                    pipe, driver: self, allowsOwnWrites: thread.poller.sendsNow)
            }
            flush()
        }
    }

    private func subscribe(_ topic: [UInt8]) {
        // XPUB shows subscriptions among the messages: in the order in which they came.
        deliver()
        guard let peer, let limit = host.subscribe(topic, for: peer) else {
            return limitNotices()
        }
        finish(.refused(limit.reason(for: "the peer")))
    }

    /// Reads no more of a peer that subscribes and cancels faster than the application looks at it.
    private func limitNotices() {
        guard let side = host.receiveSide, let inbound = peer?.inbound else { return }
        if side.pausesForNotices(inbound) { pauseReading() }
    }

    private func refuse(_ kind: RefusedFrame) {
        switch kind {
        case .message: host.dropped(1, .notAccepted)
        case .subscription, .unknownCommand, .unaskedPong: host.ignoredFrame()
        }
    }

    /// Says why, where there is something to say, and ends.
    private func fail(_ failure: SessionFailure) {
        guard !failure.reply.isEmpty, phase == .handshake else { return finish(.failed(failure)) }
        // Behind what is still to be written, or the peer would not understand it; and for a second
        // at most: a peer that does not take a few bytes by then does not get them.
        refusal = failure
        phase = .refusing
        output.append(failure.reply)
        closeDeadline = thread.now().advanced(by: .seconds(1))
        updateTimer()
        flush()
    }

    // MARK: Events

    func emit(_ kind: SocketEvent.Kind, reason: String? = nil) {
        guard host.hasEventListeners else { return }
        var event = SocketEvent(kind, endpoint: endpoint)
        event.peerAddress = peerAddress?.description
        event.routingID = peer.flatMap { host.routingID(of: $0) }
        event.reason = reason
        host.emit(event)
    }
}
