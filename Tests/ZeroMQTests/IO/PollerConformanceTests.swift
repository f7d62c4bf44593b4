import Testing

@testable import ZeroMQ

/// What every backend must do, in the same words for all of them.
@Suite struct PollerConformanceTests {
    @Test(arguments: PollerBackend.allCases) func registersAndRetires(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let listener = try TestEnd.listening(loop)
        #expect(loop.poller.entryCount == 1)
        #expect(loop.poller.isLive(listener.id))
        listener.retire()
        #expect(!loop.poller.isLive(listener.id))
        loop.run { listener.isRetired }
        #expect(loop.poller.entryCount == 0)
        // Stale calls find nothing.
        listener.receive()
        listener.retire()
        loop.poller.accept(on: listener.id)
        loop.settle()
        #expect(listener.outcomesAfterRetire == 0)
    }

    @Test(arguments: PollerBackend.allCases) func connectsAndNamesBothEnds(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        let (client, server) = (connection.client, connection.server)
        let listening = connection.listener.localAddress
        #expect(listening != nil)
        #expect(loop.poller.peerAddress(of: client.handle) == listening)
        #expect(loop.poller.localAddress(of: server.handle) == listening)
        if !backend.isLocal {
            #expect(listening?.port != 0)
            #expect(loop.poller.peerAddress(of: server.handle) == client.localAddress)
        }
    }

    @Test(arguments: PollerBackend.allCases) func carriesBytesBothWays(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        let (client, server) = (connection.client, connection.server)
        client.receive()
        server.receive()
        client.send(testPattern(1000))
        server.send(testPattern(500, seed: 3))
        loop.run { server.received.count >= 1000 && client.received.count >= 500 }
        #expect(server.received == testPattern(1000))
        #expect(client.received == testPattern(500, seed: 3))
    }

    @Test(arguments: PollerBackend.allCases) func fillsTwoBuffersInOrder(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        connection.server.lendSizes = [10, 500]
        connection.client.send(testPattern(2000))
        connection.server.receive()
        loop.run { connection.server.received.count >= 2000 }
        #expect(connection.server.received == testPattern(2000))
        #expect(connection.server.receiveSizes.allSatisfy { $0 <= 510 })
    }

    @Test(arguments: PollerBackend.allCases) func gathersSixtyFourPieces(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        connection.server.receive()
        connection.client.send(testPattern(64 * 100), pieces: 64)
        loop.run { connection.server.received.count >= 6400 }
        #expect(connection.server.received == testPattern(6400))
        // More pieces than one send takes: the rest is the caller's to post again.
        connection.client.send(testPattern(100_000, seed: 1), pieces: 100)
        loop.run { connection.server.received.count >= 106_400 }
        #expect(Array(connection.server.received.dropFirst(6400)) == testPattern(100_000, seed: 1))
    }

    @Test(arguments: PollerBackend.allCases) func sendsInPartsWhenThePeerIsSlow(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop, options: .smallBuffers)
        let bytes = testPattern(backend.isSimulated ? 200_000 : 1_000_000)
        connection.client.send(bytes)
        loop.settle()
        #expect(connection.client.isSending, "the peer reads nothing, so it cannot be all gone")
        let before = connection.client.sentTotal
        loop.settle()
        #expect(connection.client.sentTotal >= before)
        connection.server.lendSizes = [65536]
        connection.server.receive()
        loop.run { connection.server.received.count >= bytes.count }
        #expect(connection.server.received == bytes)
        #expect(connection.client.sentTotal == bytes.count)
        if loop.poller.wholeSendLimit == nil {
            #expect(connection.client.sendSizes.count > 1)
        }
    }

    @Test(arguments: PollerBackend.allCases) func endsInOrder(_ backend: PollerBackend) throws {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        let (client, server) = (connection.client, connection.server)
        client.send(testPattern(100))
        loop.run { !client.isSending }
        loop.poller.shutdownSend(client.id)
        server.receive()
        loop.run { server.hasEnded }
        #expect(server.received == testPattern(100))
        // The other direction is still open.
        client.receive()
        server.send(testPattern(50))
        loop.run { client.received.count == 50 }
        server.retire()
        loop.run { client.hasEnded }
    }

    @Test(arguments: PollerBackend.allCases) func closeIsSeenByTheOtherEnd(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        connection.client.send(testPattern(10))
        connection.server.receive()
        loop.run { connection.server.received.count == 10 }
        connection.client.retire()
        loop.run { connection.server.hasEnded }
        #expect(connection.client.isRetired)
    }

    @Test(arguments: PollerBackend.allCases) func anEndIsToldToWhoDoesNotReceive(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        let (client, server) = (connection.client, connection.server)
        client.send(testPattern(100))
        loop.run { !client.isSending }
        client.retire()
        if !backend.isCompletionSystem { loop.run { server.hangUps == 1 } }
        // Told once, and nothing is lost by it.
        server.receive()
        loop.run { server.hasEnded }
        loop.settle()
        #expect(server.received == testPattern(100))
        #expect(server.hangUps == (backend.isCompletionSystem ? 0 : 1))
    }

    @Test(arguments: PollerBackend.allCases) func unacknowledgedBytesAreKnown(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop, options: .smallBuffers)
        let (client, server) = (connection.client, connection.server)
        #expect(loop.poller.unacknowledgedBytes(of: client.handle) == 0)
        if let network = loop.network { network.stall(server.handle) }
        client.send(testPattern(1_000_000))
        loop.settle()
        // The port of Windows does not know.
        let knowsNothing =
            backend.isLocal || !backend.isSimulated && backend.isCompletionSystem
        #expect((loop.poller.unacknowledgedBytes(of: client.handle) > 0) == !knowsNothing)
        if let network = loop.network { network.heal(server.handle) }
        server.lendSizes = [65536]
        server.receive()
        loop.run {
            server.received.count == 1_000_000
                && loop.poller.unacknowledgedBytes(of: client.handle) == 0
        }
    }

    @Test(arguments: PollerBackend.allCases) func resetIsAnError(_ backend: PollerBackend) throws {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        let (client, server) = (connection.client, connection.server)
        // Closing with unread bytes resets the connection.
        client.send(testPattern(100))
        loop.run { !client.isSending }
        client.receive()
        if let network = loop.network {
            network.reset(server.handle)
        } else {
            server.retire()
        }
        loop.run { client.receiveError != nil }
        #expect(client.receiveError?.kind == .reset)
        client.send(testPattern(100))
        loop.run { client.sendError != nil }
        #expect(client.sendError?.kind == .reset)
    }

    @Test(arguments: PollerBackend.allCases) func refusedConnectIsAnError(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let listener = try TestEnd.listening(loop)
        let address = try #require(listener.localAddress)
        listener.retire()
        loop.run { listener.isRetired }
        let client = try TestEnd.connecting(loop, to: address)
        loop.run { client.connectError != nil }
        #expect(client.connectError?.kind == .refused)
        #expect(client.connectError?.operation == .connect)
        client.retire()
        loop.run { client.isRetired }
        #expect(loop.poller.entryCount == 0)
    }

    @Test(arguments: PollerBackend.allCases) func secondListenerIsRefused(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let listener = try TestEnd.listening(loop)
        let address = try #require(listener.localAddress)
        let error = #expect(throws: IOError.self) {
            try loop.poller.openListener(address, ListenOptions())
        }
        #expect(error?.kind == .addressInUse)
    }

    @Test(arguments: PollerBackend.allCases) func lendingNothingFailsTheReceive(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        connection.server.lendSizes = []
        connection.client.send([1])
        connection.server.receive()
        loop.run { connection.server.receiveError != nil }
        #expect(connection.server.receiveError?.kind == .exhausted)
        // The byte is still there.
        connection.server.lendSizes = [10]
        connection.server.receive()
        loop.run { connection.server.received == [1] }
    }

    @Test(arguments: PollerBackend.allCases) func sendNowTakesBytesPastTheLoop(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        guard loop.poller.sendsNow else { return }
        let connection = try TestConnection(loop)
        connection.server.receive()
        var taken = 0
        let bytes = testPattern(100)
        bytes.withUnsafeBytes { raw in
            while taken < 100, let base = raw.baseAddress {
                let vector = [IOVector(base: base + taken, count: 100 - taken)]
                let count = vector.withUnsafeBufferPointer {
                    loop.poller.sendNow(connection.client.handle, $0)
                }
                if count == 0 { loop.thread.runTurn(wait: false) }
                taken += count
            }
        }
        loop.run { connection.server.received.count == 100 }
        #expect(connection.server.received == bytes)
    }

    @Test(arguments: PollerBackend.allCases) func closedPollerReportsEveryEntry(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        connection.client.receive()
        connection.server.receive()
        connection.client.send(testPattern(10))
        loop.thread.stop()
        for end in [connection.listener, connection.client, connection.server] {
            #expect(end.isRetired)
        }
        #expect(loop.poller.entryCount == 0)
        #expect(loop.network?.openHandles ?? 0 == 0)
        #expect(!loop.thread.post {})
        loop.poller.wake()
        #expect(throws: IOError(.closed, during: .register)) {
            try TestEnd(loop, adopting: Handle(raw: 1_000_000))
        }
    }
}
