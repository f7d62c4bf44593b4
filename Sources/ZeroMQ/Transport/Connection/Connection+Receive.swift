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
        if isRaw {
            receiver.wrapRaw(from: host.chunks)
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
    private func process(_ now: Instant) {
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
        phase == .handshake || phase == .open || phase == .draining
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

    private func pauseReading() {
        isReadingPaused = true
        session.readingPaused(true, now: thread.turnTime)
    }

    /// The application has caught up, or the connection is closing and reads on to see its end.
    func resumeReading() {
        guard isReadingPaused else { return }
        isReadingPaused = false
        session.readingPaused(false, now: thread.now())
        receive()
        updateTimer()
    }
}
