import Testing

@testable import ZeroMQ

/// Retiring entries in the middle of things, and accepting a lot at once.
@Suite struct PollerRetireTests {
    @Test(arguments: PollerBackend.allCases) func cancelsWhatIsPending(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop, options: .smallBuffers)
        let client = connection.client
        client.receive()
        client.send(testPattern(1_000_000))
        loop.settle()
        #expect(client.isSending)
        client.retire()
        loop.run { client.isRetired }
        loop.settle()
        #expect(client.outcomesAfterRetire == 0)
        #expect(loop.poller.entryCount == 2)
    }

    @Test(arguments: PollerBackend.allCases) func cancelsAConnect(_ backend: PollerBackend) throws {
        let loop = try TestLoop(backend)
        let listener = try TestEnd.listening(loop)
        let client = try TestEnd.connecting(loop, to: try #require(listener.localAddress))
        client.retire()
        loop.run { client.isRetired }
        loop.settle()
        #expect(client.outcomesAfterRetire == 0)
        #expect(!client.isConnected)
    }

    @Test(arguments: PollerBackend.allCases) func noOutcomeAfterRetireInsideAnOutcome(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let connections = try (0..<8).map { _ in try TestConnection(loop) }
        // Whoever is told first retires everybody, whose outcomes are on their way already.
        let ends = connections.flatMap { [$0.client, $0.server] }
        for end in ends {
            end.onOutcome = { _, outcome in
                if case .received = outcome { for other in ends { other.retire() } }
            }
            end.send(testPattern(100))
            end.receive()
        }
        loop.run { ends.allSatisfy(\.isRetired) }
        loop.settle()
        for end in ends { end.onOutcome = nil }
        #expect(ends.allSatisfy { $0.outcomesAfterRetire == 0 })
        #expect(loop.poller.entryCount == connections.count)
    }

    @Test(arguments: PollerBackend.allCases) func retiringAListenerClosesWhatItHadAccepted(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let listener = try TestEnd.listening(loop)
        let address = try #require(listener.localAddress)
        listener.onOutcome = { end, _ in if end.accepted.count == 1 { end.retire() } }
        let clients = try (0..<10).map { _ in try TestEnd.connecting(loop, to: address) }
        loop.run { listener.isRetired }
        #expect(listener.outcomesAfterRetire == 0)
        for client in clients { client.receive() }
        for handle in listener.accepted { loop.poller.close(handle) }
        // Every client learns that it is over: by an end, a reset or a refusal.
        loop.run {
            clients.allSatisfy { $0.hasEnded || $0.receiveError != nil || $0.connectError != nil }
        }
        for client in clients { client.retire() }
        loop.run { loop.poller.entryCount == 0 }
        if let network = loop.network { #expect(network.openHandles == 0) }
    }

    @Test(arguments: PollerBackend.allCases) func idsAreNotMistaken(_ backend: PollerBackend) throws
    {
        let loop = try TestLoop(backend)
        let first = try TestEnd.listening(loop)
        first.retire()
        loop.run { first.isRetired }
        let second = try TestEnd.listening(loop)
        #expect(second.id.index == first.id.index)
        #expect(second.id != first.id)
        loop.poller.retire(first.id)
        #expect(loop.poller.isLive(second.id))
    }

    @Test(arguments: PollerBackend.allCases) func acceptsAStorm(_ backend: PollerBackend) throws {
        let loop = try TestLoop(backend)
        let listener = try TestEnd.listening(loop)
        let address = try #require(listener.localAddress)
        let clients = try (0..<300).map { _ in try TestEnd.connecting(loop, to: address) }
        var most = 0
        var before = 0
        loop.run {
            most = max(most, listener.accepted.count - before)
            before = listener.accepted.count
            return listener.accepted.count == 300 && clients.allSatisfy(\.isConnected)
        }
        #expect(most <= maximumAcceptsPerTurn)
        for handle in listener.accepted { loop.poller.close(handle) }
    }

    @Test(arguments: PollerBackend.allCases) func pausedListenerAcceptsLater(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let listener = try TestEnd.listening(loop)
        let address = try #require(listener.localAddress)
        loop.poller.pauseAccepting(on: listener.id)
        let client = try TestEnd.connecting(loop, to: address)
        loop.run { client.isConnected }
        loop.settle()
        #expect(listener.accepted.isEmpty)
        loop.poller.accept(on: listener.id)
        loop.run { listener.accepted.count == 1 }
        for handle in listener.accepted { loop.poller.close(handle) }
    }

    @Test(arguments: PollerBackend.allCases) func handlersAreLetGo(_ backend: PollerBackend) throws
    {
        let loop = try TestLoop(backend)
        weak var watched: TestEnd?
        do {
            let connection = try TestConnection(loop)
            watched = connection.client
            connection.retire()
            loop.run { loop.poller.entryCount == 0 }
        }
        #expect(watched == nil)
    }
}
