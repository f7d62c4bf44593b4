extension SocketCore {
    /// The receiving half, or an error for a type that does not receive.
    @inline(__always)
    func receiving() throws(ZeroMQError) -> ReceiveSide {
        guard let receiveSide else {
            throw ZeroMQError(.unsupported, "a \(type.wireName) socket does not receive")
        }
        return receiveSide
    }

    @inlinable @inline(__always)
    func tryReceive() throws(ZeroMQError) -> Message? {
        try Message.made { (space) throws(ZeroMQError) in try receiveNow(to: space) }
    }

    /// One attempt; `space` is initialised where it returns true.
    // Not inlined: in a task that goes on with another thread nothing of the former's may be left.
    @usableFromInline @inline(never)
    func receiveNow(to space: UnsafeMutablePointer<Message>) throws(ZeroMQError) -> Bool {
        try space.initialize { (message) throws(ZeroMQError) in try receiveNow(into: &message) }
    }

    /// One attempt, without a retain of the side.
    @inline(__always)
    private func receiveNow(into message: inout Message) throws(ZeroMQError) -> Bool {
        guard let side = receiveReference else { return try receiving().tryReceive(into: &message) }
        return try side.borrow { (side) throws(ZeroMQError) -> Bool in
            try side.tryReceive(into: &message)
        }
    }

    // The first attempt is inlined into the caller: a message is a large value to hand on.
    @inlinable @inline(__always)
    func receiveBlocking(timeout: Duration?) throws(ZeroMQError) -> Message {
        if let message = try tryReceive() { return message }
        return try blockToReceive(timeout)
    }

    @usableFromInline
    func blockToReceive(_ timeout: Duration?) throws(ZeroMQError) -> Message {
        try blockToReceive(timeout) { () throws(ZeroMQError) in try tryReceive() }
    }

    // The first attempt is inlined into the caller, where it is no asynchronous call at all.
    @inlinable @inline(__always)
    nonisolated(nonsending)
        func receive(timeout: Duration? = nil) async throws(ZeroMQError) -> Message
    {
        if let message = try tryReceive() { return message }
        return try await waitToReceive(timeout)
    }

    /// Suspends until there is a message. A cancelled receive loses none: either it throws and
    /// takes none, or it returns one that it was woken for before it was cancelled.
    @usableFromInline
    nonisolated(nonsending)
        func waitToReceive(_ timeout: Duration?) async throws(ZeroMQError) -> Message
    {
        try await waitToReceive(timeout) { () throws(ZeroMQError) in try tryReceive() }
    }

    /// The same for what `attempt` takes.
    nonisolated(nonsending)
        func waitToReceive(
            _ timeout: Duration?, _ attempt: () throws(ZeroMQError) -> Message?
        ) async throws(ZeroMQError) -> Message
    {
        let side = try receiving()
        let waiter = Waiter()
        let timer = context.arm(waiter, after: timeout ?? options.receiveTimeout)
        defer {
            side.leave(waiter)
            timer?.cancel()
        }
        while true {
            side.enqueue(waiter)
            if let message = try attempt() { return message }
            callLoopsHome()
            switch await waiter.suspend() {
            case .signalled: break
            case .timedOut:
                // The message that came at the last moment is in time.
                if let message = try attempt() { return message }
                throw .timedOut("receive")
            case .cancelled:
                // Takes nothing that somebody still waits for; a signal that came at the same time
                // is passed on by `leave`.
                throw .cancelled
            }
        }
    }

    func blockToReceive(
        _ timeout: Duration?, _ attempt: () throws(ZeroMQError) -> Message?
    ) throws(ZeroMQError) -> Message {
        let side = try receiving()
        try checkMayBlock()
        let deadline = (timeout ?? options.receiveTimeout).map { Instant.now().advanced(by: $0) }
        if let message = try lookForMessage(until: deadline, attempt) { return message }
        let waiter = Waiter(parker: ThreadParker())
        defer { side.leave(waiter) }
        while true {
            side.enqueue(waiter)
            if let message = try attempt() { return message }
            waitInLoop(waiter, of: side, until: deadline)
            if waiter.block(until: deadline) == .timedOut {
                if let message = try attempt() { return message }
                throw .timedOut("receive")
            }
        }
    }

    /// Tries again and again for as long as the context says.
    private func lookForMessage(
        until deadline: Instant?, _ attempt: () throws(ZeroMQError) -> Message?
    ) throws(ZeroMQError) -> Message? {
        guard context.busyWait > .zero else { return nil }
        let limit = Instant.now().advanced(by: context.busyWait)
        let end = min(limit, deadline ?? limit)
        repeat {
            if let message = try attempt() { return message }
            for _ in 0..<16 { System.pause() }
        } while Instant.now() < end
        return nil
    }
}
