import Testing

@testable import ZeroMQ

/// A context whose I/O threads are driven by hand over one simulated network.
final class SimulatedWorld {
    let network: SimulatedNetwork
    let threads: [IOThread]
    let context: Context
    /// How many turns there have been.
    private(set) var turns = 0

    init(_ faults: SimulatedFaults = SimulatedFaults(), ioThreads: Int = 1, seed: UInt64 = 1) {
        let network = SimulatedNetwork(seed: seed, faults: faults)
        self.network = network
        threads = (0..<ioThreads).map { IOThread(name: "\($0)", poller: SimulatedPoller(network)) }
        context = Context(ContextOptions(), threads: threads, resolver: StubResolver())
    }

    deinit {
        for thread in threads { thread.stop() }
        #expect(network.violations.isEmpty)
    }

    /// One turn of every thread.
    func turn(wait: Bool = true) {
        turns += 1
        for thread in threads { thread.runTurn(wait: wait) }
    }

    /// Runs until the condition holds, for so much virtual time at most.
    @discardableResult
    func run(
        for limit: Duration = .seconds(1), _ what: Comment? = nil,
        location: SourceLocation = #_sourceLocation, until condition: () throws -> Bool
    ) rethrows -> Bool {
        let deadline = network.now.advanced(by: limit)
        let clock = Clock()
        let timers = threads.map { ($0, $0.armTimer(at: deadline, clock, tag: 0)) }
        defer { for (thread, timer) in timers { thread.cancelTimer(timer) } }
        while try !condition() {
            guard network.now < deadline else {
                Issue.record(what ?? "time is up", sourceLocation: location)
                return false
            }
            turn()
        }
        return true
    }

    /// Lets exactly so much virtual time pass, and what is due then happen.
    func advance(_ duration: Duration) {
        let end = network.now.advanced(by: duration)
        run(for: duration) { network.now >= end }
        settle()
    }

    /// Lets virtual time pass, a second more at most.
    func pass(_ duration: Duration) {
        let end = network.now.advanced(by: duration)
        run(for: duration + .seconds(1)) { network.now >= end }
    }

    /// Runs what is due now, without letting time pass.
    func settle() {
        for _ in 0..<8 { turn(wait: false) }
    }

    /// Binds one socket, connects the other to it, and waits until both have shaken hands.
    @discardableResult
    func link(_ bound: some ZeroMQSocket, _ connecting: some ZeroMQSocket) throws -> String {
        let endpoint = try bound.bind("tcp://127.0.0.1:*")
        try join(connecting, to: bound, at: endpoint)
        return endpoint
    }

    func join(
        _ connecting: some ZeroMQSocket, to bound: some ZeroMQSocket, at endpoint: String
    ) throws {
        let before = (bound.statistics.connections, connecting.statistics.connections)
        try connecting.connect(endpoint)
        run {
            bound.statistics.connections > before.0 && connecting.statistics.connections > before.1
        }
    }

    private final class Clock: IOHandler {
        func completed(_ outcome: IOOutcome) {}
    }
}

extension ZeroMQSocket {
    /// Ends everything the socket is bound or connected to, by `deadline` of the simulated clock.
    func endWorkers(until deadline: Instant) {
        for worker in core.lock.withLock({ core.state.endpoints.map(\.worker) }) {
            core.end(worker, until: deadline, waits: false)
        }
    }

    var isClosed: Bool { core.lock.withLock { core.state.isClosed } }
}

extension ReceivingSocket {
    /// All that is there to be received now.
    func takeAll() throws -> [Message] {
        var messages: [Message] = []
        while let message = try tryReceive() { messages.append(message) }
        return messages
    }
}
