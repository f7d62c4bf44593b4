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
        let outcome = try attempt(message)
        if !outcome.isSettled { try await finish(message, outcome) }
    }

    @inlinable @inline(__always)
    nonisolated(nonsending)
        func send(_ bytes: UnsafeRawBufferPointer) async throws(ZeroMQError)
    {
        let outcome = try attempt(bytes)
        if !outcome.isSettled { try await finish(bytes, outcome) }
    }

    @usableFromInline
    nonisolated(nonsending)
        func finish(_ message: Message, _ outcome: SendOutcome) async throws(ZeroMQError)
    {
        if outcome == .sentFarAhead { return await letWriterCatchUp() }
        try await waitToSend(nil) { () throws(ZeroMQError) in try attempt(message) }
    }

    @usableFromInline
    nonisolated(nonsending)
        func finish(
            _ bytes: UnsafeRawBufferPointer, _ outcome: SendOutcome
        ) async throws(ZeroMQError)
    {
        if outcome == .sentFarAhead { return await letWriterCatchUp() }
        try await waitToSend(nil) { () throws(ZeroMQError) in try attempt(bytes) }
    }

    @usableFromInline
    func attempt(_ message: Message) throws(ZeroMQError) -> SendOutcome {
        guard let side = sendReference else { return try sending().attempt(message) }
        return try side.borrow { (side) throws(ZeroMQError) in try side.attempt(message) }
    }

    @usableFromInline
    func attempt(_ bytes: UnsafeRawBufferPointer) throws(ZeroMQError) -> SendOutcome {
        guard let side = sendReference else { return try sending().attempt(bytes) }
        return try side.borrow { (side) throws(ZeroMQError) in try side.attempt(bytes) }
    }

    @usableFromInline
    func trySend(_ message: Message) throws(ZeroMQError) -> Bool {
        try attempt(message) != .wouldBlock
    }

    @usableFromInline
    func trySend(_ bytes: UnsafeRawBufferPointer) throws(ZeroMQError) -> Bool {
        try attempt(bytes) != .wouldBlock
    }

    @usableFromInline
    func sendBlocking(_ message: Message, timeout: Duration?) throws(ZeroMQError) {
        let outcome = try attempt(message)
        if outcome.isSettled { return }
        if outcome == .sentFarAhead { return blockUntilWriterCatchesUp() }
        try blockToSend(timeout) { () throws(ZeroMQError) in try attempt(message) }
    }

    @usableFromInline
    func sendBlocking(_ bytes: UnsafeRawBufferPointer, timeout: Duration?) throws(ZeroMQError) {
        let outcome = try attempt(bytes)
        if outcome.isSettled { return }
        if outcome == .sentFarAhead { return blockUntilWriterCatchesUp() }
        try blockToSend(timeout) { () throws(ZeroMQError) in try attempt(bytes) }
    }

    // MARK: Waiting

    /// Suspends until `attempt` succeeds. All or nothing: whoever is cancelled has sent nothing.
    nonisolated(nonsending)
        func waitToSend(
            _ timeout: Duration?, _ attempt: () throws(ZeroMQError) -> SendOutcome
        ) async throws(ZeroMQError)
    {
        let side = try sending()
        let waiter = Waiter()
        let timer = context.arm(waiter, after: timeout ?? options.sendTimeout)
        defer {
            side.leave(waiter)
            timer?.cancel()
        }
        while true {
            // First in the queue, then another look: what changes in between wakes us.
            side.enqueue(waiter)
            if try attempt() != .wouldBlock { return }
            callLoopsHome()
            switch await waiter.suspend() {
            case .signalled: break
            case .timedOut: throw .timedOut("send")
            case .cancelled: throw .cancelled
            }
        }
    }

    func blockToSend(
        _ timeout: Duration?, _ attempt: () throws(ZeroMQError) -> SendOutcome
    ) throws(ZeroMQError) {
        let side = try sending()
        try checkMayBlock()
        let deadline = (timeout ?? options.sendTimeout).map { Instant.now().advanced(by: $0) }
        let waiter = Waiter(parker: ThreadParker())
        defer { side.leave(waiter) }
        while true {
            side.enqueue(waiter)
            if try attempt() != .wouldBlock { return }
            callLoopsHome()
            if waiter.block(until: deadline) == .timedOut { throw .timedOut("send") }
        }
    }

    /// The message is sent: a cancelled wait ends, and nothing is thrown.
    nonisolated(nonsending)
        private func letWriterCatchUp() async
    {
        guard let sendSide else { return }
        let waiter = Waiter()
        guard sendSide.follow(waiter) else { return }
        let timeout = context.arm(waiter, after: Pace.patience)
        _ = await waiter.suspend()
        sendSide.stopFollowing(waiter)
        timeout?.cancel()
    }

    private func blockUntilWriterCatchesUp() {
        guard let sendSide, !context.isOnIOThread else { return }
        let waiter = Waiter(parker: ThreadParker())
        guard sendSide.follow(waiter) else { return }
        _ = waiter.block(until: .now().advanced(by: Pace.patience))
        sendSide.stopFollowing(waiter)
    }
}
