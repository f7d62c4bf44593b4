#if os(Linux) && !canImport(WinSDK)
    import Glibc
    import Synchronization
    import Testing

    @testable import ZeroMQ

    /// What only io_uring has: rings that run over, buffers that run out, memory the kernel keeps.
    @Suite(.enabled(if: PollerBackend.hasIOUring), .timeLimit(.minutes(1))) struct IOURingTests {
        /// Every end echoes; each client sends its own bytes and must get them back.
        private func echo(over loop: TestLoop, clients count: Int, bytes: Int) throws {
            let connections = try (0..<count).map { _ in try TestConnection(loop) }
            let patterns = (0..<count).map { testPattern(bytes, seed: $0 &* 7919) }
            for (index, connection) in connections.enumerated() {
                let server = connection.server
                var waiting: [UInt8] = []
                func answer() {
                    guard !server.isSending, !waiting.isEmpty else { return }
                    let now = waiting
                    waiting = []
                    server.send(now, pieces: 3)
                }
                server.onBytes = { waiting += $0 }
                server.onOutcome = { _, _ in answer() }
                server.receive()
                connection.client.receive()
                connection.client.send(patterns[index], pieces: 5)
            }
            loop.run { connections.allSatisfy { $0.client.received.count >= bytes } }
            for (index, connection) in connections.enumerated() {
                #expect(connection.client.received == patterns[index])
                connection.server.onOutcome = nil
                connection.retire()
            }
        }

        @Test(arguments: IOURingSettings.allCases) func everyByteComesBackWhateverIsShort(
            _ settings: IOURingSettings
        ) throws {
            let loop = try settings.makeLoop()
            let before = loop.ledger
            try echo(over: loop, clients: 12, bytes: 100_000)
            loop.expectBack(to: before)
        }

        @Test(arguments: [EAGAIN, EBUSY, EINTR, ENOMEM, ETIME], [10, 50, 90]) func callsThatFail(
            _ code: Int32, _ percent: Int
        ) throws {
            var configuration = IOURingConfiguration()
            let calls = Counter()
            configuration.interfere = { _ in
                var random = SplitMix64(seed: UInt64(calls.next()))
                return Int.random(in: 0..<100, using: &random) < percent ? code : nil
            }
            let loop = TestLoop(.ioUringTCP, over: try IOURingPoller(configuration))
            let before = loop.ledger
            try echo(over: loop, clients: 4, bytes: 30_000)
            loop.expectBack(to: before)
        }

        @Test(arguments: [EBADF, EINVAL, EFAULT]) func aBrokenRingIsAnErrorOfItsOwn(
            _ code: Int32
        ) throws {
            var configuration = IOURingConfiguration()
            let isBroken = Counter()
            configuration.interfere = { _ in isBroken.value > 0 ? code : nil }
            let poller = try IOURingPoller(configuration)
            let loop = TestLoop(.ioUringTCP, over: poller)
            let connection = try TestConnection(loop)
            connection.server.receive()
            loop.settle()
            _ = isBroken.next()
            connection.client.send([1])
            var completions: [Completion] = []
            let error = #expect(throws: IOError.self) {
                try poller.wait(until: .distantPast, into: &completions)
            }
            #expect(error?.code == code)
            #expect(error?.operation == .wait)
            // The end of the thread does not wait for ever; what the kernel has is not freed.
            loop.thread.stop()
            #expect(poller.entryCount == 0)
            #expect(connection.server.isAbandoned && !connection.server.isRetired)
            #expect(poller.keepsBuffers)
        }

        @Test func moreOutcomesThanTheRingHolds() throws {
            let loop = try IOURingSettings.tinyRings.makeLoop()
            let before = loop.ledger
            let connections = try (0..<60).map { _ in try TestConnection(loop) }
            for connection in connections { connection.server.receive() }
            loop.settle()
            for connection in connections { connection.client.send([1, 2, 3]) }
            loop.run { connections.allSatisfy { $0.server.received == [1, 2, 3] } }
            for connection in connections { connection.retire() }
            loop.expectBack(to: before)
        }

        /// Bytes nobody asks for must not keep the buffers of those who do.
        @Test func whoDoesNotAskKeepsNoBuffers() throws {
            let loop = try IOURingSettings.fewBuffers.makeLoop()
            let before = loop.ledger
            let lazy = try (0..<16).map { _ in try TestConnection(loop) }
            for connection in lazy {
                connection.server.keepsReceiving = false
                connection.server.lendSizes = [10]
                connection.server.receive()
                connection.client.send(testPattern(3000))
            }
            loop.run { lazy.allSatisfy { $0.server.received.count == 10 } }
            try echo(over: loop, clients: 2, bytes: 50_000)
            // Nothing of it is lost.
            for connection in lazy {
                connection.server.keepsReceiving = true
                connection.server.receive()
            }
            loop.run { lazy.allSatisfy { $0.server.received.count == 3000 } }
            #expect(lazy.allSatisfy { $0.server.received == testPattern(3000) })
            for connection in lazy { connection.retire() }
            loop.expectBack(to: before)
        }

        @Test func bytesReceivedAheadAreKnown() throws {
            let loop = try IOURingSettings.usual.makeLoop()
            let connection = try TestConnection(loop)
            let server = connection.server
            server.keepsReceiving = false
            server.lendSizes = [10]
            server.receive()
            connection.client.send(testPattern(100))
            loop.run { server.received.count == 10 }
            #expect(loop.poller.unreadBytes(of: server.handle) == 0)
            #expect(loop.poller.holdsBytes(of: server.id))
            server.lendSizes = [4096]
            server.receive()
            loop.run { server.received.count == 100 }
            #expect(!loop.poller.holdsBytes(of: server.id))
            connection.retire()
            #expect(!loop.poller.holdsBytes(of: server.id))
        }

        /// What is sent without copying stays the kernel's until the peer has it, or has gone.
        @Test func retiringASendWithoutCopying() throws {
            let loop = try IOURingSettings.neverCopying.makeLoop()
            let before = loop.ledger
            let connection = try TestConnection(loop, options: .smallBuffers)
            connection.client.send(testPattern(4 << 20))
            loop.settle()
            connection.client.retire()
            loop.settle()
            #expect(connection.client.outcomesAfterRetire == 0)
            connection.server.retire()
            connection.listener.retire()
            loop.expectBack(to: before)
            #expect(connection.client.isRetired)
        }

        @Test func connectionsNobodyWasToldOfAreClosedWithTheirListener() throws {
            let loop = try IOURingSettings.usual.makeLoop()
            let before = loop.ledger
            let listener = try TestEnd.listening(loop)
            let address = try #require(listener.localAddress)
            let clients = try (0..<100).map { _ in try TestEnd.connecting(loop, to: address) }
            listener.onOutcome = { end, _ in if !end.isRetired { end.retire() } }
            loop.run { listener.isRetired }
            for handle in listener.accepted { loop.poller.close(handle) }
            for client in clients { client.retire() }
            loop.expectBack(to: before)
        }

        /// Whoever is not told of waits in the backlog, where it costs no descriptor.
        @Test func noMoreIsAcceptedThanIsToldOf() async {
            await #expect(processExitsWith: .success) {
                let loop = try TestLoop(.ioUringTCP)
                let listener = try TestEnd.listening(loop)
                let address = try #require(listener.localAddress)
                loop.settle()
                let clients = try (0..<300).map { _ in try TestEnd.connecting(loop, to: address) }
                let before = System.openDescriptors()
                listener.onOutcome = { end, _ in end.poller.pauseAccepting(on: end.id) }
                loop.run { clients.allSatisfy(\.isConnected) && !listener.accepted.isEmpty }
                loop.settle()
                let first = listener.accepted.count
                #expect(first <= maximumAcceptsPerTurn)
                #expect(System.openDescriptors() == before + first)
                listener.onOutcome = nil
                loop.poller.accept(on: listener.id)
                loop.run { listener.accepted.count == 300 }
                #expect(System.openDescriptors() == before + 300)
                exit(EXIT_SUCCESS)
            }
        }

        private final class Counter: Sendable {
            private let count = Atomic(0)
            var value: Int { count.load(ordering: .relaxed) }
            func next() -> Int { count.add(1, ordering: .relaxed).oldValue }
        }
    }
#endif
