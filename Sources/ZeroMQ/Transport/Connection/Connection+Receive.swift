extension Connection {
    /// Asks for the next bytes.
    func receive() {
        guard !isReceiving, !isReadingPaused, let entry else { return }
        switch phase {
        case .handshake, .refusing, .open, .draining, .lingering: break
        case .connecting, .retiring, .ended: return
        }
        isReceiving = true
        thread.poller.receive(entry)
    }

    func received(_ count: Int) {
        isReceiving = false
        guard count > 0 else { return peerClosed() }
        if phase == .lingering || phase == .refusing {
            receiver.reset()
            return receive()
        }
        receiver.accept(count)
        hasReceived = true
        receivedInTurn &+= count
        if let writeFailure, !isHungUp {
            // It goes on sending what nobody may ever answer.
            lastBytes += count
            if lastBytes > Self.mostLastBytes { return finish(.lost(writeFailure)) }
        }
        if isRaw {
            receiver.wrapRaw()
            deliver()
        } else {
            let now = thread.turnTime
            session.bytesArrived(now: now)
            process(now)
        }
        receive()
        updateTimer()
    }

    private func peerClosed() {
        switch phase {
        case .lingering: finish(.closedByUs)
        case .draining where writeFailure == nil && !output.isEmpty: finish(.closedByPeer)
        default: finish(writeFailure.map { .lost($0) } ?? .closedByPeer)
        }
    }

    /// Lets the session work through the input, and hands over the messages it found.
    func process(_ now: Instant) {
        if receiver.isCollectingBody {
            guard receiver.bodyIsComplete else { return }
            receiver.finishBody(messages: session.finishLargeBody())
        }
        while isProcessing {
            let step = session.advance(receiver.unparsed, now: now)
            switch step.action {
            case .needMore:
                return deliver()
            case .frames(let messages, let endsMessage):
                receiver.takeFrames(step.consumed, messages: messages, endsMessage: endsMessage)
            case .largeBody(let length, _, let messages):
                guard beginBody(step.consumed, length, messages) else { return deliver() }
            default:
                receiver.skip(step.consumed)
                perform(step.action)
            }
        }
        deliver()
    }

    private var isProcessing: Bool {
        !isWaiting && (phase == .handshake || phase == .open || phase == .draining)
    }

    /// False when the rest of the body has yet to arrive.
    private func beginBody(_ consumed: Int, _ length: Int, _ messages: Int) -> Bool {
        guard
            receiver.beginBody(consumed, length: length, messages: messages, pool: host.chunks)
        else {
            finish(.lost(IOError(.exhausted, during: .receive)))
            return false
        }
        guard receiver.bodyIsComplete else { return false }
        receiver.finishBody(messages: session.finishLargeBody())
        return true
    }

    /// Hands whole messages over to the application's side.
    func deliver() {
        guard isProcessing else { return }
        receiver.closeRange()
        if receiver.pendingMessages > 0 {
            if let side = host.receiveSide, let pipe = peer?.inbound {
                let isFull = side.deliver(
                    &receiver.pending, messages: receiver.pendingMessages,
                    bytes: receiver.pendingBytes, to: pipe)
                if isFull { pauseReading() }
            } else {
                host.dropped(receiver.pendingMessages, .notAccepted)
                receiver.pending.removeAll()
            }
            receiver.handedOver()
        }
        receiver.releaseIdleMemory()
    }

    // MARK: Back-pressure

    func pauseReading() {
        guard !isPeerLost else { return }
        isReadingPaused = true
        // Until there is room again it is not the peer that takes its time.
        if writeFailure != nil, phase == .open { closeDeadline = nil }
        session.readingPaused(true, now: thread.turnTime)
        if settleTimer != nil { settle() }
    }

    /// The most that is received from a peer that cannot be written to: more than a kernel holds.
    private static let mostLastBytes = 16 * 1024 * 1024

    /// The peer has closed, or its connection is broken.
    ///
    /// A reader that is paused would not see that before the application has caught up, and until
    /// then messages would be queued for a peer that is not there; libzmq does so. So what the
    /// kernel still holds is taken in past the high-water mark, and the end behind it is seen at
    /// once. It is no more than a receive buffer: nothing follows a FIN or a reset. A socket that
    /// does not send has no such need: there the bytes stay in the kernel.
    func hungUp() {
        guard phase == .handshake || phase == .open else { return }
        isHungUp = true
        if phase == .open { losePeerThatHungUp() }
    }

    func losePeerThatHungUp() {
        if isHungUp, isHeld || host.sendSide != nil { losePeer() }
    }

    /// Reads to the end, which is near: nothing that is written can reach the peer.
    ///
    /// But a queue that was full when the connection began is not overfilled, or a peer that comes,
    /// sends and goes could make it grow for ever: there the end is seen when there is room.
    func losePeer() {
        if isHeld { return loseHeldPeer() }
        guard mayOverfill, !isPeerLost else { return }
        isPeerLost = true
        resumeReading()
    }

    /// The application has caught up, or the connection is closing and reads on to see its end.
    func resumeReading() {
        guard isReadingPaused else { return }
        isReadingPaused = false
        if writeFailure != nil, phase == .open { limitLastReads() }
        session.readingPaused(false, now: thread.now())
        readWhatWaited()
        receive()
        updateTimer()
    }
}
