/// A request and its reply as one call (REQ). The call knows its request by a serial number, so
/// that with any number of calls on one socket each takes, or gives up, its own and no other.
extension SocketCore {
    nonisolated(nonsending)
        func request(
            _ message: Message, timeout: Duration?
        ) async throws(ZeroMQError) -> Message
    {
        let parts = try requestParts()
        let deadline = timeout.map { Instant.now().advanced(by: $0) }
        let serial = try await ask(message, parts, until: deadline)
        do {
            if let reply = try tryReply(to: serial, parts) { return reply }
            return try await waitToReceive(remaining(deadline)) { () throws(ZeroMQError) in
                try tryReply(to: serial, parts)
            }
        } catch {
            giveUp(serial, after: error, parts)
            throw error
        }
    }

    func requestBlocking(
        _ message: Message, timeout: Duration?
    ) throws(ZeroMQError) -> Message {
        let parts = try requestParts()
        let deadline = timeout.map { Instant.now().advanced(by: $0) }
        var serial = try tryAsk(message, parts)
        if serial == nil {
            try blockToSend(remaining(deadline)) { () throws(ZeroMQError) in
                serial = try tryAsk(message, parts)
                return serial == nil ? .wouldBlock : .sent
            }
        }
        guard let serial else { throw .timedOut("send") }
        do {
            if let reply = try tryReply(to: serial, parts) { return reply }
            return try blockToReceive(remaining(deadline)) { () throws(ZeroMQError) in
                try tryReply(to: serial, parts)
            }
        } catch {
            giveUp(serial, after: error, parts)
            throw error
        }
    }

    // MARK: Steps

    private struct RequestParts {
        let sendSide: SendSide
        let receiveSide: ReceiveSide
        let state: RequestState
        let replies: RequestReceive
    }

    private func requestParts() throws(ZeroMQError) -> RequestParts {
        guard case .request(let state) = pattern, let sendSide, let receiveSide,
            let replies = receiveSide.strategy as? RequestReceive
        else {
            throw ZeroMQError(.unsupported, "a \(type.wireName) socket does not request")
        }
        return RequestParts(
            sendSide: sendSide, receiveSide: receiveSide, state: state, replies: replies)
    }

    private func remaining(_ deadline: Instant?) -> Duration? {
        deadline.map { max(.zero, $0.duration(since: .now())) }
    }

    nonisolated(nonsending)
        private func ask(
            _ message: Message, _ parts: RequestParts, until deadline: Instant?
        ) async throws(ZeroMQError) -> UInt64
    {
        if let serial = try tryAsk(message, parts) { return serial }
        var serial: UInt64?
        try await waitToSend(remaining(deadline)) { () throws(ZeroMQError) in
            serial = try tryAsk(message, parts)
            return serial == nil ? .wouldBlock : .sent
        }
        guard let serial else { throw .timedOut("send") }
        return serial
    }

    /// Sends the request; its number, or nil while there is no peer for it.
    private func tryAsk(
        _ message: Message, _ parts: RequestParts
    ) throws(ZeroMQError) -> UInt64? {
        var serial: UInt64?
        _ = try parts.sendSide.attempt(message) { serial = parts.state.latest }
        // Whoever still waits for the reply to a former request waits in vain, and may look.
        if serial != nil { parts.receiveSide.wakeAll() }
        return serial
    }

    private func tryReply(
        to serial: UInt64, _ parts: RequestParts
    ) throws(ZeroMQError) -> Message? {
        try Message.made { (space) throws(ZeroMQError) in
            try space.initialize { (message) throws(ZeroMQError) in
                try parts.receiveSide.take { () throws(ZeroMQError) in
                    try parts.replies.receive(
                        replyTo: serial, into: &message, from: parts.receiveSide)
                }
            }
        }
    }

    /// If the request has not left it never will, and no reply to it is taken for that to another.
    private func giveUp(_ serial: UInt64, after error: ZeroMQError, _ parts: RequestParts) {
        // With any other error it has ended already.
        guard error.code == .timedOut || error.code == .cancelled else { return }
        let side = parts.sendSide
        side.lock.lock()
        if let request = parts.state.giveUp(serial) { side.giveUp(request, of: parts.state) }
        side.unlockAndSignal()
    }
}
