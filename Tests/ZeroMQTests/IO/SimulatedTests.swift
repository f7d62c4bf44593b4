import Testing

@testable import ZeroMQ

/// The simulated network itself: same seed, same story; scripted faults; one clock for all.
@Suite struct SimulatedTests {
    /// Runs an exchange and writes down all sizes and times.
    private func story(seed: UInt64) throws -> [Int64] {
        let loop = try TestLoop(.fragmenting, seed: seed)
        let connection = try TestConnection(loop)
        var story: [Int64] = []
        for end in [connection.client, connection.server] {
            end.onOutcome = { end, outcome in
                story.append(end.thread.now().nanoseconds)
                if case .received(let count) = outcome { story.append(Int64(count)) }
                if case .sent(let count) = outcome { story.append(-Int64(count)) }
            }
            end.receive()
            end.send(testPattern(3000))
        }
        loop.run {
            connection.client.received.count == 3000 && connection.server.received.count == 3000
        }
        return story
    }

    @Test func sameSeedSameStory() throws {
        #expect(try story(seed: 5) == story(seed: 5))
        #expect(try story(seed: 5) != story(seed: 6))
    }

    @Test(arguments: 0..<20) func everyFragmentationKeepsTheBytes(_ seed: UInt64) throws {
        let loop = try TestLoop(.fragmenting, seed: seed)
        let connection = try TestConnection(loop)
        connection.server.lendSizes = [13, 64]
        connection.server.receive()
        connection.client.send(testPattern(5000), pieces: 9)
        loop.run { connection.server.received.count == 5000 }
        #expect(connection.server.received == testPattern(5000))
    }

    @Test func clockMovesOnlyWhenNothingElseCan() throws {
        let loop = try TestLoop(.simulated)
        let start = loop.thread.now()
        let end = try TestEnd.listening(loop)
        _ = loop.thread.armTimer(at: start.advanced(by: .seconds(3600)), end, tag: 1)
        loop.settle()
        #expect(loop.thread.now() == start)
        loop.run(for: .seconds(7200)) { !end.timerTags.isEmpty }
        #expect(loop.thread.now() == start.advanced(by: .seconds(3600)))
    }

    @Test func pollersShareOneClock() throws {
        let network = SimulatedNetwork(seed: 1)
        let threads = (0..<2).map { _ in
            IOThread(name: "test", poller: SimulatedPoller(network))
        }
        defer { for thread in threads { thread.stop() } }
        let start = network.now
        let late = ClockReader(network)
        let early = ClockReader(network)
        _ = threads[0].armTimer(at: start.advanced(by: .seconds(10)), late, tag: 0)
        _ = threads[1].armTimer(at: start.advanced(by: .seconds(1)), early, tag: 0)
        for _ in 0..<100 where late.times.isEmpty {
            for thread in threads { thread.runTurn(wait: true) }
        }
        // Neither poller runs ahead of the other's timer.
        #expect(early.times == [start.advanced(by: .seconds(1))])
        #expect(late.times == [start.advanced(by: .seconds(10))])
    }

    @Test func connectsAcrossPollers() throws {
        let network = SimulatedNetwork(seed: 1)
        let threads = (0..<2).map { _ in
            IOThread(name: "test", poller: SimulatedPoller(network))
        }
        defer { for thread in threads { thread.stop() } }
        let reader = ClockReader(network)
        let (first, second) = (threads[0].poller, threads[1].poller)
        let listener = try first.openListener(.anyIPv4, ListenOptions())
        first.accept(on: try first.register(listener, reader, owned: true))
        let address = try #require(first.localAddress(of: listener))
        let client = try second.openStream(for: address, StreamOptions())
        second.connect(try second.register(client, reader, owned: true), to: address)
        for _ in 0..<100 where reader.accepted.isEmpty || !reader.isConnected {
            for thread in threads { thread.runTurn(wait: true) }
        }
        #expect(reader.isConnected)
        #expect(reader.accepted.count == 1)
    }

    @Test func stalledConnectionIsHalfOpen() throws {
        let loop = try TestLoop(.simulated)
        let network = try #require(loop.network)
        let connection = try TestConnection(loop)
        network.stall(connection.server.handle)
        connection.server.receive()
        connection.client.receive()
        connection.client.send(testPattern(100))
        connection.server.send(testPattern(50))
        loop.pass(.seconds(60))
        #expect(connection.server.received.isEmpty)
        #expect(connection.client.received.count == 50)
        network.heal(connection.server.handle)
        loop.run { connection.server.received.count == 100 }
    }

    @Test func scriptedRefusalSilenceAndExhaustion() throws {
        let loop = try TestLoop(.simulated)
        let network = try #require(loop.network)
        let listener = try TestEnd.listening(loop)
        let address = try #require(listener.localAddress)

        network.refusing = [address]
        let refused = try TestEnd.connecting(loop, to: address)
        loop.run { refused.connectError?.kind == .refused }

        network.refusing = []
        network.silent = [address]
        let unanswered = try TestEnd.connecting(loop, to: address)
        loop.pass(.seconds(60))
        #expect(!unanswered.isConnected && unanswered.connectError == nil)

        network.silent = []
        network.exhaustedAccepts = 1
        let client = try TestEnd.connecting(loop, to: address)
        loop.run { client.isConnected && !listener.acceptErrors.isEmpty }
        #expect(listener.acceptErrors.map(\.kind) == [.exhausted])
        loop.poller.accept(on: listener.id)
        loop.run { listener.accepted.count == 1 }

        network.exhaustedOpens = 1
        #expect(throws: IOError(.exhausted, during: .openSocket)) {
            try loop.poller.openStream(for: address, StreamOptions())
        }
    }

    @Test func fullBacklogIsRetriedBySystem() throws {
        let loop = try TestLoop(.simulated)
        var options = ListenOptions()
        options.backlog = 1
        let handle = try loop.poller.openListener(loop.listenAddress(), options)
        let listener = try TestEnd(loop, adopting: handle)
        let address = try #require(listener.localAddress)
        let clients = try (0..<2).map { _ in try TestEnd.connecting(loop, to: address) }
        loop.run { clients[0].isConnected }
        #expect(!clients[1].isConnected)
        loop.poller.accept(on: listener.id)
        loop.run { clients[1].isConnected }
        #expect(listener.accepted.count >= 1)
    }

    @Test func randomResetsEndConnections() throws {
        var faults = SimulatedFaults.fragmenting
        faults.resets = 20_000
        let network = SimulatedNetwork(seed: 3, faults: faults)
        let thread = IOThread(name: "test", poller: SimulatedPoller(network))
        defer { thread.stop() }
        let loop = TestLoop(network: network, thread: thread)
        let connection = try TestConnection(loop)
        connection.server.receive()
        connection.client.receive()
        connection.client.send(testPattern(100_000))
        loop.run { connection.server.receiveError != nil }
        #expect(connection.server.receiveError?.kind == .reset)
        // What did arrive is the beginning of what was sent.
        let received = connection.server.received
        #expect(received == Array(testPattern(100_000).prefix(received.count)))
    }

    @Test(arguments: [PollerBackend.simulated, .fragmenting])
    func signalsCanBeWatched(_ backend: PollerBackend) throws {
        let loop = try TestLoop(backend)
        let network = try #require(loop.network)
        let handle = network.makeSignal()
        let end = try TestEnd(loop, adopting: handle, owned: false)
        loop.poller.watch(end.id)
        loop.settle()
        #expect(end.readableCount == 0)
        network.set(handle, readable: true)
        loop.run { end.readableCount == 1 }
        loop.settle()
        #expect(end.readableCount == 1)
        loop.poller.watch(end.id)
        loop.run { end.readableCount == 2 }
        end.retire()
        loop.run { end.isRetired }
        #expect(network.openHandles == 1)
    }
}

/// Writes down when its timers fire and who connects.
private final class ClockReader: IOHandler {
    let network: SimulatedNetwork
    var times: [Instant] = []
    var accepted: [Handle] = []
    var isConnected = false

    init(_ network: SimulatedNetwork) { self.network = network }

    func completed(_ outcome: IOOutcome) {
        switch outcome {
        case .accepted(let handle): accepted.append(handle)
        case .connected: isConnected = true
        default: break
        }
    }

    func timerFired(_ tag: UInt8) { times.append(network.now) }
}
