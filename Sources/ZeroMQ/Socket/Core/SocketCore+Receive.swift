extension SocketCore {
    /// The receiving half, or an error for a type that does not receive.
    @inline(__always)
    func receiving() throws(ZeroMQError) -> ReceiveSide {
        guard let receiveSide else {
            throw ZeroMQError(.unsupported, "a \(type.wireName) socket does not receive")
        }
        return receiveSide
    }

    @usableFromInline
    func tryReceive() throws(ZeroMQError) -> Message? {
        var message = Message(Frame())
        return try receiveNow(into: &message) ? message : nil
    }

    /// One attempt, without a retain of the side.
    @inline(__always)
    private func receiveNow(into message: inout Message) throws(ZeroMQError) -> Bool {
        guard let side = receiveReference else { return try receiving().tryReceive(into: &message) }
        return try side.borrow { (side) throws(ZeroMQError) -> Bool in
            try side.tryReceive(into: &message)
        }
    }

    @usableFromInline
    nonisolated(nonsending)
        func receive() async throws(ZeroMQError) -> Message
    {
        var message = Message(Frame())
        if try !receiveNow(into: &message) {
            try await waitToReceive(options.receiveTimeout, into: &message)
        }
        return consume message
    }

    nonisolated(nonsending)
        func receive(timeout: Duration?) async throws(ZeroMQError) -> Message
    {
        var message = Message(Frame())
        if try !receiveNow(into: &message) {
            try await waitToReceive(timeout ?? options.receiveTimeout, into: &message)
        }
        return consume message
    }

    @usableFromInline
    func receiveBlocking(timeout: Duration?) throws(ZeroMQError) -> Message {
        var message = Message(Frame())
        if try !receiveNow(into: &message) { try blockToReceive(timeout, into: &message) }
        return consume message
    }

    /// Suspends until there is a message. A cancelled receive loses none: either it throws and
    /// takes none, or it returns one that it was woken for before it was cancelled.
    nonisolated(nonsending)
        private func waitToReceive(
            _ timeout: Duration?, into message: inout Message
        ) async throws(ZeroMQError)
    {
        let side = try receiving()
        let waiter = Waiter()
        let timer = context.arm(waiter, after: timeout)
        defer {
            side.leave(waiter)
            timer?.cancel()
        }
        while true {
            side.enqueue(waiter)
            if try side.tryReceive(into: &message) { return }
            switch await waiter.suspend() {
            case .signalled: break
            case .timedOut:
                // The message that came at the last moment is in time.
                if try side.tryReceive(into: &message) { return }
                throw .timedOut("receive")
            case .cancelled:
                // Takes nothing that somebody still waits for; a signal that came at the same time
                // is passed on by `leave`.
                throw .cancelled
            }
        }
    }

    private func blockToReceive(
        _ timeout: Duration?, into message: inout Message
    ) throws(ZeroMQError) {
        let side = try receiving()
        let deadline = (timeout ?? options.receiveTimeout).map { Instant.now().advanced(by: $0) }
        let waiter = Waiter(parker: ThreadParker())
        defer { side.leave(waiter) }
        while true {
            side.enqueue(waiter)
            if try side.tryReceive(into: &message) { return }
            if waiter.block(until: deadline) == .timedOut {
                if try side.tryReceive(into: &message) { return }
                throw .timedOut("receive")
            }
        }
    }
}
