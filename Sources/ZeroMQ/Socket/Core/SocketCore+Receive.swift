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
        return try receiving().tryReceive(into: &message) ? message : nil
    }

    @usableFromInline
    nonisolated(nonsending)
        func receive() async throws(ZeroMQError) -> Message
    {
        let side = try receiving()
        var message = Message(Frame())
        if try side.tryReceive(into: &message) { return message }
        return try await waitToReceive(on: side, timeout: options.receiveTimeout)
    }

    nonisolated(nonsending)
        func receive(timeout: Duration?) async throws(ZeroMQError) -> Message
    {
        let side = try receiving()
        var message = Message(Frame())
        if try side.tryReceive(into: &message) { return message }
        return try await waitToReceive(on: side, timeout: timeout ?? options.receiveTimeout)
    }

    @usableFromInline
    func receiveBlocking(timeout: Duration?) throws(ZeroMQError) -> Message {
        let side = try receiving()
        var message = Message(Frame())
        if try side.tryReceive(into: &message) { return message }
        return try blockToReceive(on: side, timeout)
    }

    /// Suspends until there is a message. A cancelled receive loses none: either it throws, or the
    /// message that arrived at the same moment is returned.
    nonisolated(nonsending)
        private func waitToReceive(
            on side: ReceiveSide, timeout: Duration?
        ) async throws(ZeroMQError) -> Message
    {
        var message = Message(Frame())
        let waiter = Waiter()
        let timer = context.arm(waiter, after: timeout)
        defer {
            side.leave(waiter)
            timer?.cancel()
        }
        while true {
            side.enqueue(waiter)
            if try side.tryReceive(into: &message) { return message }
            let wake = await waiter.suspend()
            if wake == .signalled { continue }
            // A signal that came at the same time was meant for a message that nobody else takes.
            if try side.tryReceive(into: &message) { return message }
            throw wake == .timedOut ? .timedOut("receive") : .cancelled
        }
    }

    private func blockToReceive(
        on side: ReceiveSide, _ timeout: Duration?
    ) throws(ZeroMQError) -> Message {
        let deadline = (timeout ?? options.receiveTimeout).map { Instant.now().advanced(by: $0) }
        var message = Message(Frame())
        let waiter = Waiter(parker: ThreadParker())
        defer { side.leave(waiter) }
        while true {
            side.enqueue(waiter)
            if try side.tryReceive(into: &message) { return message }
            if waiter.block(until: deadline) == .timedOut {
                if try side.tryReceive(into: &message) { return message }
                throw .timedOut("receive")
            }
        }
    }
}
