import Testing

@testable import ZeroMQ

/// The completion-port poller, step by step over the scripted port.
@Suite struct IOCPPollerTests {
    private final class Handler: IOHandler {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 1)
        var outcomes: [String] = []
        var accepted: [Handle] = []

        deinit { memory.deallocate() }

        func lend(_ buffers: inout ReceiveBuffers) { buffers.append(memory, 64) }

        func completed(_ outcome: IOOutcome) {
            if case .accepted(let handle) = outcome {
                accepted.append(handle)
            } else {
                outcomes.append("\(outcome)")
            }
        }
    }

    private let port = ScriptedPort()
    private let handler = Handler()

    private func poller(
        _ change: (inout IOCPConfiguration) -> Void = { _ in }
    ) -> IOCPPoller<ScriptedPort> {
        var configuration = IOCPConfiguration()
        change(&configuration)
        return IOCPPoller(port: port, configuration)
    }

    private func turn(_ poller: IOCPPoller<ScriptedPort>) throws {
        var completions: [Completion] = []
        try poller.wait(until: .distantPast, into: &completions)
        for completion in completions { completion.entry.handler.completed(completion.outcome) }
    }

    /// Has the kernel give back what it has.
    private func close(_ poller: IOCPPoller<ScriptedPort>) {
        var completions: [Completion] = []
        poller.close(into: &completions)
        for completion in completions { completion.entry.handler.completed(completion.outcome) }
    }

    @Test func configurationHasRanges() {
        var configuration = IOCPConfiguration()
        configuration.batchSize = 0
        configuration.poolSize = -1
        configuration.acceptPool = 9
        let low = configuration.clamped
        #expect((low.batchSize, low.poolSize, low.acceptPool) == (1, 0, 10))
        configuration.batchSize = .max
        configuration.poolSize = .max
        configuration.acceptPool = .max
        let high = configuration.clamped
        #expect((high.batchSize, high.poolSize, high.acceptPool) == (1024, 65_536, 20))
    }

    @Test func nothingReceivedIsTheEnd() throws {
        let poller = poller()
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        poller.receive(id)
        poller.receive(id)
        #expect(port.pending.count == 1)
        port.end(0)
        try turn(poller)
        #expect(handler.outcomes == ["received(0)"])
    }

    @Test func aPartialSendIsReported() throws {
        let poller = poller()
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        let pieces = (0..<3).map { _ in IOVector(base: UnsafeRawPointer(handler.memory), count: 60)
        }
        pieces.withUnsafeBufferPointer { poller.send(id, $0) }
        #expect(port.pending[0].capacity == 180)
        port.end(0, bytes: 100)
        try turn(poller)
        #expect(handler.outcomes == ["sent(100)"])
    }

    @Test func whatIsDoneAtOnceIsToldByTheNextTurn() throws {
        let poller = poller()
        defer { close(poller) }
        port.finishesAtOnce = true
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        poller.receive(id)
        poller.receive(id)
        #expect(handler.outcomes.isEmpty && poller.pool.pending == 1)
        var completions: [Completion] = []
        try poller.wait(until: nil, into: &completions)
        #expect(completions.count == 1 && poller.pool.pending == 0)
        if case .received(let count)? = completions.first?.outcome { #expect(count == 64) }
    }

    @Test func whatIsDoneAtOnceDoesNotHoldUpThePort() throws {
        let poller = poller()
        defer { close(poller) }
        port.finishesAtOnce = true
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        poller.wake()
        var turns = 0
        while !port.queue.isEmpty, turns < 100 {
            poller.receive(id)
            var completions: [Completion] = []
            try poller.wait(until: nil, into: &completions)
            #expect(completions.count == 1)
            turns += 1
        }
        #expect(turns == 5 && port.lastWait == 0)
    }

    @Test func manyThatAreDoneAtOnceTakeTurnsWithThePort() throws {
        let poller = poller { $0.batchSize = 4 }
        defer { close(poller) }
        port.finishesAtOnce = true
        for _ in 0..<20 {
            poller.receive(try poller.register(port.makeHandle(), handler, owned: true))
        }
        poller.wake()
        try turn(poller)
        #expect(port.queue.isEmpty, "the port was asked at once")
        #expect(handler.outcomes.count == 4)
        for _ in 0..<4 { try turn(poller) }
        #expect(handler.outcomes.count == 20 && poller.pool.pending == 0)
    }

    @Test func whatIsDoneAtOnceIsNotToldToARetiredEntry() throws {
        let poller = poller()
        defer { close(poller) }
        port.finishesAtOnce = true
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        poller.receive(id)
        poller.retire(id)
        try turn(poller)
        #expect(handler.outcomes == ["retired"] && port.open.isEmpty && poller.entryCount == 0)
    }

    @Test func acceptsThatAreDoneAtOnceDoNotHoldUpTheTurn() throws {
        let poller = poller()
        defer { close(poller) }
        port.finishesAtOnce = true
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        poller.accept(on: id)
        #expect(handler.accepted.isEmpty)
        try turn(poller)
        #expect(handler.accepted.count == 16)
        try turn(poller)
        #expect(handler.accepted.count == 32)
        for handle in handler.accepted { poller.close(handle) }
    }

    @Test func theAcceptPoolIsFilledUpAtOnce() throws {
        let poller = poller { $0.acceptPool = 12 }
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        poller.accept(on: id)
        #expect(port.pending.count == 12)
        for _ in 0..<5 { port.end(0) }
        try turn(poller)
        #expect(port.pending.count == 12 && handler.accepted.count == 5)
        for handle in handler.accepted { poller.close(handle) }
    }

    @Test func whoComesWhileAcceptingIsPausedIsHeld() throws {
        let poller = poller()
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        poller.accept(on: id)
        port.end(0)
        poller.pauseAccepting(on: id)
        try turn(poller)
        #expect(handler.accepted.isEmpty && port.pending.isEmpty)
        poller.accept(on: id)
        try turn(poller)
        #expect(handler.accepted.count == 1 && port.pending.count == 16)
        for handle in handler.accepted { poller.close(handle) }
    }

    @Test func acceptingWithoutHandlesFailsAndCanBeResumed() throws {
        let poller = poller()
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        port.freshFailure = .exhausted
        poller.accept(on: id)
        try turn(poller)
        #expect(handler.outcomes.count == 1 && handler.outcomes[0].contains("out of resources"))
        port.freshFailure = nil
        poller.accept(on: id)
        #expect(port.pending.count == 16)
    }

    /// On a full machine every accept ends at once: a pool that is filled up again and again would
    /// keep a core busy.
    @Test func acceptsThatFailAreNotReplaced() throws {
        let poller = poller()
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: true)
        poller.accept(on: id)
        for left in (0..<16).reversed() {
            #expect(handler.outcomes.isEmpty)
            port.end(0, code: 10055)
            try turn(poller)
            #expect(port.pending.count == left)
        }
        #expect(handler.outcomes.count == 1 && handler.outcomes[0].contains("out of resources"))
        poller.accept(on: id)
        #expect(port.pending.count == 16)
        port.end(0, code: 10055)
        // One that works fills the pool up.
        port.end(0)
        try turn(poller)
        #expect(port.pending.count == 16 && handler.accepted.count == 1)
        for handle in handler.accepted { poller.close(handle) }
    }

    @Test func wakeUpsArePostedOnce() throws {
        let poller = poller()
        defer { close(poller) }
        for _ in 0..<10 { poller.wake() }
        #expect(port.wakes == 1)
        try turn(poller)
        poller.wake()
        #expect(port.wakes == 2)
    }

    @Test func aWatchIsTold() throws {
        let poller = poller()
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: false)
        poller.watch(id)
        poller.watch(id)
        #expect(port.watches.count == 1)
        port.endWatch(0)
        try turn(poller)
        #expect(handler.outcomes == ["readable"])
    }

    @Test func aWatchIsStoppedUntilItsPacketHasCome() throws {
        let poller = poller()
        defer { close(poller) }
        port.stopsUntilWatchesEnd = 4
        let handle = port.makeHandle()
        let id = try poller.register(handle, handler, owned: false)
        poller.watch(id)
        poller.retire(id)
        #expect(port.watches.count == 1)
        try turn(poller)
        // Not for ever, though nothing else is to come: it may have to be stopped again.
        #expect(port.lastWait <= 5)
        #expect(handler.outcomes == [] && poller.entryCount == 1)
        for _ in 0..<3 { try turn(poller) }
        #expect(handler.outcomes == ["retired"] && poller.entryCount == 0)
        // The handle is not the poller's to cancel or to close.
        #expect(port.open.contains(handle))
    }

    @Test func aWatchThatEndsLateTellsNothing() throws {
        let poller = poller()
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: false)
        poller.watch(id)
        port.endWatch(0)
        poller.retire(id)
        try turn(poller)
        #expect(handler.outcomes == ["retired"])
    }

    @Test func aWatchMayFail() throws {
        let poller = poller()
        defer { close(poller) }
        let id = try poller.register(port.makeHandle(), handler, owned: false)
        port.refusal = CompletionStatus.Code.invalidHandle
        poller.watch(id)
        try turn(poller)
        #expect(handler.outcomes.count == 1)
        #expect(handler.outcomes.first?.contains("watchFailed") == true)
    }

    @Test func aBrokenPortEndsTheThreadWithAnError() {
        port.dequeueFailure = CompletionStatus.Code.invalidHandle
        var failures: [IOError] = []
        let thread = IOThread(name: "test", poller: poller())
        #expect(!thread.runTurn(wait: false))
        do throws(IOError) {
            var completions: [Completion] = []
            try poller().wait(until: .distantPast, into: &completions)
        } catch {
            failures.append(error)
        }
        #expect(failures.map(\.kind) == [.closed])
        thread.stop()
    }

    @Test func deadlinesAreRoundedUpToMilliseconds() throws {
        let poller = poller()
        defer { close(poller) }
        var completions: [Completion] = []
        port.time = Instant(nanoseconds: 5)
        for (nanoseconds, milliseconds) in [(6, 1), (1_000_005, 1), (1_000_006, 2), (5, 0), (0, 0)]
        {
            port.time = Instant(nanoseconds: 5)
            try poller.wait(
                until: Instant(nanoseconds: Int64(nanoseconds)), into: &completions)
            #expect(port.lastWait == UInt32(milliseconds))
        }
    }

    @Test func aWakeUpThatCannotBePostedIsMadeUpFor() throws {
        let poller = poller()
        defer { close(poller) }
        var completions: [Completion] = []
        port.postFailures = .max
        poller.wake()
        // Whoever sleeps meanwhile looks by itself, though nothing else has a deadline.
        try poller.wait(until: nil, into: &completions)
        #expect(port.lastWait == 1000)
        try poller.wait(until: .distantFuture, into: &completions)
        #expect(port.lastWait == 1000)
        // And the next one is posted again.
        port.postFailures = 10
        poller.wake()
        #expect(port.wakes == 1)
    }

    @Test func aKernelThatKeepsWhatItHasIsNotWaitedForForEverAndKeepsItsMemory() throws {
        weak var handler: Handler?
        try {
            let poller = poller()
            let (busy, idle) = (Handler(), Handler())
            handler = busy
            let id = try poller.register(port.makeHandle(), busy, owned: true)
            _ = try poller.register(port.makeHandle(), idle, owned: true)
            poller.receive(id)
            port.keepsEverything = true
            close(poller)
            #expect(poller.entryCount == 0 && port.open.isEmpty)
            #expect(busy.outcomes == ["abandoned"] && idle.outcomes == ["retired"])
            #expect(port.time >= Instant(nanoseconds: 5_000_000_000))
        }()
        #expect(handler != nil, "what it has lent is the kernel's for ever")
        let block = port.pending[0].block
        #expect(block.pointee.owner != nil, "and so is the block")
        // But not in a test.
        _ = OverlappedBlock.takeOwner(of: block)?.end()
        #expect(handler == nil)
    }

    @Test(arguments: [
        (0, CompletionStatus.success), (995, .ignore), (1168, .ignore), (64, .retry),
        (10054, .retry), (1225, .close(.refused)), (10061, .close(.refused)),
        (10060, .close(.timedOut)), (10055, .fatal(.exhausted)), (10024, .fatal(.exhausted)),
        (6, .fatal(.closed)), (87, .fatal(.invalid)), (10047, .fatal(.unsupported)),
        (12345, .close(.other)),
    ])
    func codesAreClassified(_ code: Int, _ status: CompletionStatus) {
        #expect(CompletionStatus(code: Int32(code)) == status)
    }
}
