import Synchronization
import Testing

@testable import ZeroMQ

private let mayLendLoops = (try? System.makePoller().mayChangeThread) ?? false

/// A blocked receiver that owns the only connection runs the loop of its I/O thread by itself.
@Suite(.timeLimit(.minutes(1)), .enabled(if: mayLendLoops))
struct LoopLoanTests {
    @Test func theReceiverRunsTheLoop() async throws {
        let pair = try Pair()
        let asker = try await pair.getUsedToIt()
        #expect(pair.thread.owner.load(ordering: .relaxed) == asker.number)
        pair.letGo(asker)
        try await asker.ended()
        await pair.end()
    }

    @Test func aLoopThatNobodyComesForGoesHome() async throws {
        let pair = try Pair()
        let asker = try await pair.getUsedToIt()
        pair.letGo(asker)
        try await asker.ended()
        try await eventually("home") { !pair.thread.loan.isVacant }
        // And works.
        let ran = Locked(false)
        #expect(pair.thread.post { ran.withLock { $0 = true } })
        try await eventually("the command") { ran.withLock { $0 } }
        await pair.end()
    }

    @Test func commandsAreRunWhileSomebodyElseRunsTheLoop() async throws {
        let pair = try Pair()
        let asker = try await pair.getUsedToIt()
        let ranOn = Locked<UInt>(0)
        #expect(pair.thread.post { ranOn.withLock { $0 = System.currentThreadNumber } })
        try await eventually("the command") { ranOn.withLock { $0 } != 0 }
        #expect(ranOn.withLock { $0 } == asker.number)
        pair.letGo(asker)
        try await asker.ended()
        await pair.end()
    }

    @Test func jobsAreNotRunByAGuest() async throws {
        let pair = try Pair()
        let asker = try await pair.getUsedToIt()
        let ranOn = await Task(executorPreference: pair.thread) { System.currentThreadNumber }.value
        #expect(ranOn != asker.number)
        #expect(pair.thread.owner.load(ordering: .relaxed) != asker.number)
        pair.letGo(asker)
        try await asker.ended()
        await pair.end()
    }

    @Test func aSecondConnectionEndsTheLoan() async throws {
        let pair = try Pair()
        let asker = try await pair.getUsedToIt()
        let second = try DealerSocket(pair.near)
        try second.connect(pair.endpoint)
        try await second.send("second")
        try await eventually("it has come") { pair.heldMessages == 2 }
        #expect(pair.thread.owner.load(ordering: .relaxed) != asker.number)
        pair.letGo(asker)
        #expect(try await second.receive() == "second")
        try await asker.ended()
        await pair.end()
    }

    @Test func theDeadlineOfTheReceiverIsKept() async throws {
        let pair = try Pair()
        let asker = try await pair.getUsedToIt(timeout: .milliseconds(200))
        try await asker.ended(.timedOut)
        // The next is served all the same.
        pair.letGo(asker)
        let dealer = pair.dealer
        try await dealer.send("late")
        #expect(try await dealer.receive() != "late")
        #expect(try await dealer.receive() == "late")
        await pair.end()
    }

    @Test func theEndOfTheContextEndsTheWait() async throws {
        let pair = try Pair()
        let asker = try await pair.getUsedToIt()
        await pair.near.shutdown(grace: .zero)
        try await asker.ended(.terminated)
        await pair.end()
    }

    @Test func aPollerThatBreaksEndsTheWait() async throws {
        let poller = BreakablePoller(try System.makePoller())
        let pair = try Pair(poller)
        let asker = try await pair.getUsedToIt()
        poller.breakNow()
        try await asker.ended(.system)
        await pair.end()
    }

    /// Much at once, from a second thread: nothing is lost, and everything ends.
    @Test func whateverElseHappensMeanwhile() async throws {
        let pair = try Pair()
        pair.echo()
        let isOver = Atomic(false)
        let near = pair.near
        let endpoint = pair.endpoint
        async let disturbed: Void = offThread {
            for round in 0..<200 {
                let other = try DealerSocket(near, options: options { $0.linger = .zero })
                if round % 2 == 0 { try other.connect(endpoint) }
                if round % 4 == 0 {
                    try other.sendBlocking("other")
                    #expect(try other.receiveBlocking(timeout: .seconds(20)) == "other")
                }
                near.ioThreads[0].post {}
                other.closeBlocking()
                // Long enough for a habit in between.
                try near.waitABit()
            }
            isOver.store(true, ordering: .releasing)
        }
        let dealer = pair.dealer
        let count = try await offThread {
            var count = 0
            while !isOver.load(ordering: .acquiring) {
                let text = Message("\(count)")
                try dealer.sendBlocking(text)
                #expect(try dealer.receiveBlocking(timeout: .seconds(20)) == text)
                count += 1
            }
            return count
        }
        try await disturbed
        #expect(count > 0)
        await pair.end()
    }
}

extension Context {
    /// Until a message has gone round in process a few times: a while, measured in work.
    fileprivate func waitABit() throws {
        let one = try PairSocket(self)
        let other = try PairSocket(self)
        try other.connect(try one.bind("inproc://bit-\(ObjectIdentifier(one).hashValue)"))
        for _ in 0..<200 {
            try one.sendBlocking("x")
            _ = try other.receiveBlocking()
        }
        one.closeBlocking()
        other.closeBlocking()
    }
}

/// A DEALER whose thread asks and waits, and a ROUTER that answers until it is told otherwise.
private final class Pair: Sendable {
    let near: Context
    let far: Context
    let dealer: DealerSocket
    let router: RouterSocket
    let endpoint: String
    private let held = Locked<(isHolding: Bool, messages: [Message])>((false, []))
    var thread: IOThread { near.ioThreads[0] }

    init(_ poller: BreakablePoller? = nil) throws {
        let poller: any Poller = if let poller { poller } else { try System.makePoller() }
        let thread = IOThread(name: "near", poller: poller)
        try thread.start()
        near = Context(ContextOptions(), threads: [thread], resolver: StubResolver())
        far = try Context()
        router = try RouterSocket(far)
        dealer = try DealerSocket(near)
        endpoint = try router.bind("tcp://127.0.0.1:*")
        try dealer.connect(endpoint)
    }

    /// Answers everything, but for what comes while it holds.
    func echo() {
        Task {
            while let message = try? await router.receive() {
                let isHeld = held.withLock { held in
                    if held.isHolding { held.messages.append(message) }
                    return held.isHolding
                }
                if !isHeld { try? await router.send(message) }
            }
        }
    }

    /// Who asks and waits, and runs the loop while it waits for an answer that does not come yet.
    func getUsedToIt(timeout: Duration? = nil) async throws -> Asker {
        echo()
        let asker = Asker()
        let dealer = dealer
        _ = try OSThread(name: "asker") {
            asker.run { count in
                let question = Message("\(count)")
                try dealer.sendBlocking(question)
                #expect(try dealer.receiveBlocking(timeout: timeout) == question)
            }
        }
        // The habit sets in when the system lets it: threads that wait for a processor break it.
        for _ in 0..<1000 {
            let before = router.statistics.messagesReceived
            try await eventually("answers") { router.statistics.messagesReceived > before + 50 }
            held.withLock { $0.isHolding = true }
            try await eventually("a question") { heldMessages > 0 }
            if thread.owner.load(ordering: .relaxed) == asker.number { return asker }
            answer()
        }
        throw NeverHappened(what: "the receiver runs the loop")
    }

    /// Answers what was not answered, and everything that comes.
    private func answer() {
        let messages = held.withLock { held in
            held.isHolding = false
            defer { held.messages = [] }
            return held.messages
        }
        for message in messages { #expect((try? router.trySend(message)) == true) }
    }

    /// Answers, and has the asker end.
    func letGo(_ asker: Asker) {
        asker.stop()
        answer()
    }

    var heldMessages: Int { held.withLock { $0.messages.count } }

    func end() async {
        await near.shutdown(grace: .zero)
        await far.shutdown(grace: .zero)
    }
}

/// The thread that asks.
private final class Asker: Sendable {
    private struct State {
        var number: UInt = 0
        var isToStop = false
        var hasEnded = false
        var error: ZeroMQError.Code?
    }

    private let state = Locked(State())

    var number: UInt { state.withLock { $0.number } }

    /// Asks one question after the other.
    func run(_ ask: (Int) throws -> Void) {
        state.withLock { $0.number = System.currentThreadNumber }
        var code: ZeroMQError.Code?
        var count = 0
        do {
            while !state.withLock({ $0.isToStop }) {
                try ask(count)
                count += 1
            }
        } catch {
            code = (error as? ZeroMQError)?.code
        }
        state.withLock { ($0.hasEnded, $0.error) = (true, code) }
    }

    func stop() { state.withLock { $0.isToStop = true } }

    /// Waits until the thread has ended, and looks why.
    func ended(_ code: ZeroMQError.Code? = nil) async throws {
        try await eventually("the thread has ended") { state.withLock { $0.hasEnded } }
        #expect(state.withLock { $0.error } == code)
    }
}
