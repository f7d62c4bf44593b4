extension SocketCore {
    /// The sending half, or an error for a type that does not send.
    @inline(__always)
    func sending() throws(ZeroMQError) -> SendSide {
        guard let sendSide else {
            throw ZeroMQError(.unsupported, "a \(type.wireName) socket does not send")
        }
        return sendSide
    }

    // The first attempt is inlined into the caller, where it is no asynchronous call at all.

    @inlinable @inline(__always)
    nonisolated(nonsending)
        func send(_ message: Message) async throws(ZeroMQError)
    {
        if try !trySend(message) { try await waitToSend(message) }
    }

    @inlinable @inline(__always)
    nonisolated(nonsending)
        func send(_ bytes: UnsafeRawBufferPointer) async throws(ZeroMQError)
    {
        if try !trySend(bytes) { try await waitToSend(bytes) }
    }

    @usableFromInline
    nonisolated(nonsending)
        func waitToSend(_ message: Message) async throws(ZeroMQError)
    {
        try await waitToSend { () throws(ZeroMQError) in try trySend(message) }
    }

    @usableFromInline
    nonisolated(nonsending)
        func waitToSend(_ bytes: UnsafeRawBufferPointer) async throws(ZeroMQError)
    {
        try await waitToSend { () throws(ZeroMQError) in try trySend(bytes) }
    }

    @usableFromInline
    func trySend(_ message: Message) throws(ZeroMQError) -> Bool {
        guard let side = sendReference else { return try sending().trySend(message) }
        return try side.borrow { (side) throws(ZeroMQError) -> Bool in
            try side.trySend(message)
        }
    }

    @usableFromInline
    func trySend(_ bytes: UnsafeRawBufferPointer) throws(ZeroMQError) -> Bool {
        guard let side = sendReference else { return try sending().trySend(bytes) }
        return try side.borrow { (side) throws(ZeroMQError) -> Bool in
            try side.trySend(bytes)
        }
    }

    @usableFromInline
    func sendBlocking(_ message: Message, timeout: Duration?) throws(ZeroMQError) {
        if try trySend(message) { return }
        try blockToSend(timeout) { () throws(ZeroMQError) in try trySend(message) }
    }

    @usableFromInline
    func sendBlocking(_ bytes: UnsafeRawBufferPointer, timeout: Duration?) throws(ZeroMQError) {
        if try trySend(bytes) { return }
        try blockToSend(timeout) { () throws(ZeroMQError) in try trySend(bytes) }
    }

    /// Suspends until `attempt` succeeds. All or nothing: whoever is cancelled has sent nothing.
    nonisolated(nonsending)
        private func waitToSend(
            _ attempt: () throws(ZeroMQError) -> Bool
        ) async throws(ZeroMQError)
    {
        let side = try sending()
        let waiter = Waiter()
        let timeout = context.arm(waiter, after: options.sendTimeout)
        defer {
            side.leave(waiter)
            timeout?.cancel()
        }
        while true {
            // First in the queue, then another look: what changes in between wakes us.
            side.enqueue(waiter)
            if try attempt() { return }
            switch await waiter.suspend() {
            case .signalled: break
            case .timedOut: throw .timedOut("send")
            case .cancelled: throw .cancelled
            }
        }
    }

    private func blockToSend(
        _ timeout: Duration?, _ attempt: () throws(ZeroMQError) -> Bool
    ) throws(ZeroMQError) {
        let side = try sending()
        let deadline = (timeout ?? options.sendTimeout).map { Instant.now().advanced(by: $0) }
        let waiter = Waiter(parker: ThreadParker())
        defer { side.leave(waiter) }
        while true {
            side.enqueue(waiter)
            if try attempt() { return }
            if waiter.block(until: deadline) == .timedOut { throw .timedOut("send") }
        }
    }
}
