import Synchronization
import Testing

@testable import ZeroMQ

/// Random schedules over the scripted port: packets in every order, late, twice cancelled, with
/// every error. A failure prints the seed; `Schedule(seed:).run()` repeats it.
@Suite(.timeLimit(.minutes(10))) struct ScheduleTests {
    @Test func aHundredThousandSchedulesKeepTheInvariants() {
        for seed in 0..<100_000 {
            let failure = Schedule(seed: UInt64(seed)).run()
            if let failure {
                Issue.record("seed \(seed): \(failure)")
                return
            }
        }
    }
}

/// One random life of a poller.
private final class Schedule {
    /// Counts what an entry is told.
    private final class Handler: IOHandler {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 1)
        var id: EntryID?
        var owed = (receive: 0, send: 0, connect: 0)
        var isRetired = false
        var wasRetiredTwice = false
        var tooMany: String?
        var accepted: [Handle] = []
        var lends = true

        deinit { memory.deallocate() }

        func lend(_ buffers: inout ReceiveBuffers) {
            guard lends else { return }
            buffers.append(memory, 32)
            buffers.append(memory + 32, 32)
        }

        func completed(_ outcome: IOOutcome) {
            if isRetired { tooMany = "an outcome behind .retired" }
            switch outcome {
            case .received, .receiveFailed: owed.receive -= 1
            case .sent, .sendFailed: owed.send -= 1
            case .connected, .connectFailed: owed.connect -= 1
            case .accepted(let handle): accepted.append(handle)
            case .retired:
                wasRetiredTwice = isRetired
                isRetired = true
            case .abandoned: tooMany = "abandoned, and the kernel gives everything back"
            case .acceptFailed, .hungUp, .readable, .watchFailed: break
            }
            if owed.receive < 0 || owed.send < 0 || owed.connect < 0 {
                tooMany = "more outcomes than operations"
            }
        }
    }

    private let port = ScriptedPort()
    private let poller: IOCPPoller<ScriptedPort>
    private var random: SplitMix64
    private var live: [Handler] = []
    private var all: [Handler] = []
    private var completions: [Completion] = []
    private static let errors: [Int32] = [
        64, 995, 1225, 1236, 10053, 10054, 10060, 10055, 10038, 87,
    ]

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
        var configuration = IOCPConfiguration()
        configuration.batchSize = 1 + Int(random.next() % 4)
        configuration.poolSize = Int(random.next() % 4)
        poller = IOCPPoller(port: port, configuration)
    }

    private func choose(_ count: Int) -> Int {
        Int(truncatingIfNeeded: random.next() % UInt64(max(1, count)))
    }

    private func flip(_ one: Int, in many: Int) -> Bool { choose(many) < one }

    /// What went wrong; nil if nothing did.
    func run() -> String? {
        for _ in 0..<(10 + choose(30)) {
            step()
            if let failure = broken() { return failure }
        }
        return finish()
    }

    private func step() {
        port.cancelsAtOnce = flip(1, in: 2)
        port.finishesAtOnce = flip(1, in: 4)
        switch choose(12) {
        case 0: register()
        case 1, 2: startReceive()
        case 3: startSend()
        case 4: startConnect()
        case 5: withEntry { poller.accept(on: $1) }
        case 6: withEntry { poller.pauseAccepting(on: $1) }
        case 7: retire()
        case 8, 9: endSomething()
        case 10: if flip(1, in: 2) { poller.wake() } else { troubles() }
        default: turn()
        }
    }

    private func withEntry(_ body: (Handler, EntryID) -> Void) {
        guard !live.isEmpty else { return register() }
        let handler = live[choose(live.count)]
        if let id = handler.id { body(handler, id) }
    }

    private func register() {
        guard live.count < 5 else { return }
        let handler = Handler()
        handler.id = try? poller.register(port.makeHandle(), handler, owned: true)
        live.append(handler)
        all.append(handler)
    }

    private func startReceive() {
        withEntry { handler, id in
            guard mayStart(.receive, handler.owed.receive, id) else { return }
            handler.lends = flip(9, in: 10)
            poller.receive(id)
            handler.owed.receive = 1
        }
    }

    private func startSend() {
        withEntry { handler, id in
            guard mayStart(.send, handler.owed.send, id) else { return }
            let pieces = (0..<choose(4)).map { _ in
                IOVector(base: UnsafeRawPointer(handler.memory), count: 1 + choose(64))
            }
            pieces.withUnsafeBufferPointer { poller.send(id, $0) }
            handler.owed.send = 1
        }
    }

    private func startConnect() {
        withEntry { handler, id in
            guard mayStart(.connect, handler.owed.connect, id) else { return }
            poller.connect(id, to: .anyIPv4)
            handler.owed.connect = 1
        }
    }

    /// A second start is ignored while the kernel has the first; once its outcome is on the way to
    /// the handler nobody starts another.
    private func mayStart(_ kind: IOCPOperation.Kind, _ owed: Int, _ id: EntryID) -> Bool {
        owed == 0 || poller.entries[id].map { port.owns(kind, of: $0.handle) } == true
    }

    private func retire() {
        withEntry { handler, id in
            poller.retire(id)
            if flip(1, in: 3) { poller.retire(id) }
            live.removeAll { $0 === handler }
        }
    }

    private func endSomething() {
        guard !port.pending.isEmpty else { return turn() }
        let index = choose(port.pending.count)
        let place = choose(port.queue.count + 1)
        if flip(1, in: 3) {
            port.end(index, code: Self.errors[choose(Self.errors.count)], at: place)
        } else {
            port.end(index, bytes: choose(port.pending[index].capacity + 1), at: place)
        }
    }

    private func troubles() {
        switch choose(4) {
        case 0: port.refusal = Self.errors[choose(Self.errors.count)]
        case 1: port.freshFailure = .exhausted
        case 2: port.freshFailure = nil
        default: port.finishFailure = 10054
        }
    }

    private func turn() {
        do throws(IOError) {
            try poller.wait(until: .distantPast, into: &completions)
        } catch {
            return
        }
        deliver()
        if port.isQuiet, poller.collected.isEmpty, poller.done.isEmpty { checkOwed() }
    }

    /// The kernel has given everything back: nobody waits for an outcome.
    private func checkOwed() {
        for handler in live where handler.owed != (0, 0, 0) {
            handler.tooMany = "an outcome is owed"
        }
    }

    /// As the I/O thread does.
    private func deliver() {
        for completion in completions {
            if case .retired = completion.outcome {
                completion.entry.handler.completed(.retired)
            } else if !completion.entry.isRetired {
                completion.entry.handler.completed(completion.outcome)
            } else if case .accepted(let handle) = completion.outcome {
                poller.close(handle)
            }
        }
        completions.removeAll()
        for handler in all {
            for handle in handler.accepted { poller.close(handle) }
            handler.accepted.removeAll()
        }
    }

    /// Operations of an entry that were done at once, and how many of them are accepts.
    private func done(of entry: IOCPEntry) -> (all: Int, accepts: Int) {
        let operations = poller.done.compactMap {
            $0.block?.pointee.owner?.takeUnretainedValue()
        }.filter { $0.entry === entry }
        return (operations.count, operations.count { $0.kind == .accept })
    }

    private func broken() -> String? {
        port.check()
        if let first = port.violations.first { return first }
        if poller.strayPackets > 0 { return "a packet came twice" }
        for entry in poller.entries.live {
            let (pending, accepts) = done(of: entry)
            let count = port.count(of: entry.handle) + pending
            if entry.pendingCount.load(ordering: .relaxed) != count {
                return "an entry's pending count is wrong"
            }
            if entry.accepts != port.count(.accept, of: entry.handle) + accepts {
                return "an entry's accepts are counted wrong"
            }
        }
        for handler in all {
            if handler.wasRetiredTwice { return ".retired came twice" }
            if let tooMany = handler.tooMany { return tooMany }
        }
        return nil
    }

    /// The kernel gives everything back, late, and the poller closes.
    private func finish() -> String? {
        port.cancelsAtOnce = true
        if flip(1, in: 2) {
            while !port.pending.isEmpty { endSomething() }
            turn()
        }
        poller.close(into: &completions)
        deliver()
        if let failure = broken() { return failure }
        if poller.entryCount != 0 || !poller.retired.isEmpty { return "entries are left" }
        if !port.pending.isEmpty { return "operations are left" }
        if !port.open.isEmpty { return "handles are left open" }
        if let one = all.first(where: { !$0.isRetired }) { return "\(one) was never retired" }
        return nil
    }
}
