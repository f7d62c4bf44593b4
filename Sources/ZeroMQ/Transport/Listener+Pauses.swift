/// When a listener does not accept: those who come meanwhile wait in the backlog of the system.
extension Listener {
    /// Why it does not accept; it does when no reason is left.
    struct Pauses: OptionSet {
        let rawValue: UInt8

        /// The application has to catch up with what gone peers left behind.
        static let crowd = Pauses(rawValue: 1 << 0)
        /// The system is out of descriptors, but for the reserve, or of memory.
        static let exhaustion = Pauses(rawValue: 1 << 1)
        /// Too many handshakes are unfinished.
        static let handshakes = Pauses(rawValue: 1 << 2)
    }

    static var shortestPause: Duration { .milliseconds(50) }
    private static var longestPause: Duration { .seconds(1) }
    /// How long an unfinished handshake is safe when there are too many.
    private static var handshakePatience: Duration { .milliseconds(500) }

    private static var reserveReason: String {
        "no descriptors are left but those kept for the rest of the process"
    }

    private static var lookTag: UInt8 { 0 }
    private static var handshakeTag: UInt8 { 1 }

    private func pause(_ reason: Pauses) {
        guard let entry else { return }
        pauses.insert(reason)
        thread.poller.pauseAccepting(on: entry)
    }

    private func resume(_ reasons: Pauses) {
        guard !pauses.isDisjoint(with: reasons) else { return }
        pauses.subtract(reasons)
        guard pauses.isEmpty, closeDeadline == nil, let entry else { return }
        thread.poller.accept(on: entry)
    }

    func timerFired(_ tag: UInt8) {
        guard closeDeadline == nil else { return }
        if tag == Self.handshakeTag { return closeStalledHandshakes() }
        if host.isOvercrowded { return lookAgain(after: Self.shortestPause) }
        resume([.crowd, .exhaustion])
    }

    private func lookAgain(after pause: Duration) {
        _ = thread.armTimer(at: thread.now().advanced(by: pause), self, tag: Self.lookTag)
    }

    /// Accepts no more until the application has caught up.
    func pauseInCrowd() {
        guard !pauses.contains(.crowd) else { return }
        emit(.acceptPaused, reason: "too many connections wait for the application to receive")
        pause(.crowd)
        lookAgain(after: Self.shortestPause)
    }

    func acceptFailed(_ error: IOError) {
        guard let entry, closeDeadline == nil else { return }
        guard error.kind == .exhausted else {
            emit(.acceptFailed, reason: error.description)
            if pauses.isEmpty { thread.poller.accept(on: entry) }
            return
        }
        // Out of descriptors: nothing is gained by asking again at once.
        let isReserve = error.code == 0
        emit(.acceptPaused, reason: isReserve ? Self.reserveReason : error.description)
        pause(.exhaustion)
        // Those who do not finish their handshake hold what is lacking.
        _ = closeStalled(downTo: 0)
        lookAgain(after: pauseDelay)
        pauseDelay = min(pauseDelay * 2, Self.longestPause)
    }

    // MARK: Unfinished handshakes

    /// Accepts no more while too many handshakes are unfinished: a crowd that comes at once is let
    /// in as quickly as handshakes are finished, and none of it is sent away. Those who never
    /// finish must not keep out those who do: what has taken too long is closed, the oldest first.
    func limitHandshakes() {
        if handshakeOrder.count / 2 > handshaking.count + 32 {
            handshakeOrder.removeAll { handshaking[$0.id] == nil }
        }
        guard handshaking.count >= settings.maxPendingHandshakes,
            !pauses.contains(.handshakes)
        else { return }
        pause(.handshakes)
        closeStalledHandshakes()
    }

    private func closeStalledHandshakes() {
        guard pauses.contains(.handshakes) else { return }
        if let next = closeStalled(downTo: settings.maxPendingHandshakes - 1) {
            _ = thread.armTimer(at: next, self, tag: Self.handshakeTag)
        } else {
            resume(.handshakes)
        }
    }

    /// Closes handshakes that have taken too long, the oldest first, until `count` are left.
    ///
    /// - Returns: when the next will have taken too long, if there are more.
    private func closeStalled(downTo count: Int) -> Instant? {
        while handshaking.count > count, let first = handshakeOrder.first {
            let end = first.since.advanced(by: Self.handshakePatience)
            guard let oldest = handshaking[first.id] else {
                handshakeOrder.removeFirst()
                continue
            }
            if end > thread.now() { return end }
            handshakeOrder.removeFirst()
            handshaking[first.id] = nil
            oldest.thread.post {
                oldest.finish(.refused("too many connections were in their handshake"))
            }
        }
        return nil
    }

    /// One handshake is over, one way or the other.
    func handshakeIsOver() {
        if handshaking.count <= settings.maxPendingHandshakes / 2 { resume(.handshakes) }
    }
}
