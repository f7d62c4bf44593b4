import Synchronization
import Testing

@testable import ZeroMQ

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(ucrt)
    import ucrt
#endif

/// What services do to a poller for years on end. Whatever happens, at the end every operation,
/// entry and handle is back.
@Suite struct PollerLifeTests {
    @Test(arguments: PollerBackend.allCases) func pollersComeAndGo(_ backend: PollerBackend) throws
    {
        let outer = try TestLoop(backend)
        let before = outer.ledger
        for round in 0..<5 {
            // Many at once, each with something open; ended in an order of its own.
            var loops = try (0..<10).map { _ in try TestLoop(backend) }
            let connections = try loops.map { try TestConnection($0) }
            for connection in connections {
                connection.server.receive()
                connection.client.receive()
            }
            while !loops.isEmpty {
                let loop = loops.remove(at: (round &* 7) % loops.count)
                loop.thread.stop()
                #expect(loop.poller.entryCount == 0)
            }
            for connection in connections {
                #expect(connection.client.isRetired && connection.server.isRetired)
            }
        }
        outer.expectBack(to: before)
    }

    @Test(arguments: PollerBackend.allCases) func entriesComeAndGo(_ backend: PollerBackend) throws
    {
        let loop = try TestLoop(backend)
        let before = loop.ledger
        for _ in 0..<20 {
            let connections = try (0..<5).map { _ in try TestConnection(loop) }
            for connection in connections {
                connection.server.receive()
                connection.retire()
            }
            loop.expectBack(to: before)
        }
    }

    @Test(arguments: PollerBackend.allCases) func severalReceivesInARow(_ backend: PollerBackend)
        throws
    {
        let loop = try TestLoop(backend)
        let before = loop.ledger
        let connection = try TestConnection(loop)
        let (client, server) = (connection.client, connection.server)
        server.keepsReceiving = false
        for index in 0..<200 {
            // A second one while the first is pending is ignored.
            server.receive()
            server.receive()
            client.send([UInt8(index)])
            loop.run { server.received.count == index + 1 }
            #expect(server.receiveSizes.count == index + 1)
        }
        let sent = (0..<200).map { UInt8($0) }
        #expect(server.received == sent)
        // Nothing was asked for, so nothing is told.
        client.send([200, 201])
        loop.run { !client.isSending }
        loop.settle()
        #expect(server.received.count == 200)
        server.keepsReceiving = true
        server.receive()
        loop.run { server.received.count == 202 }
        connection.retire()
        loop.expectBack(to: before)
    }

    @Test(arguments: PollerBackend.allCases) func removalDuringActiveTraffic(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let before = loop.ledger
        let connections = try (0..<12).map { _ in try TestConnection(loop) }
        let ends = connections.flatMap { [$0.client, $0.server] }
        let bytes = testPattern(3000)
        var outcomes = 0
        var retired = 0
        for end in ends {
            end.onBytes = { _ in }
            end.onOutcome = { end, outcome in
                outcomes += 1
                if case .sent = outcome, !end.isSending { end.send(bytes) }
                // Every hundredth outcome takes somebody out, whatever he is doing.
                if outcomes % 100 == 0, retired < ends.count {
                    ends[(retired &* 5) % ends.count].retire()
                    retired += 1
                }
            }
            end.receive()
            end.send(bytes)
        }
        loop.run {
            // Who has lost his peer has nothing to do any more.
            retired == ends.count
                || ends.allSatisfy {
                    $0.isRetired || $0.hasEnded || $0.receiveError != nil || $0.sendError != nil
                }
        }
        for end in ends { end.onOutcome = nil }
        for connection in connections { connection.retire() }
        loop.expectBack(to: before)
        #expect(ends.allSatisfy { $0.outcomesAfterRetire == 0 })
    }

    @Test(arguments: PollerBackend.systemStreams) func aConnectThatIsNotAnsweredIsGivenUp(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let before = loop.ledger
        // Nobody accepts, and the backlog takes one or two.
        var options = ListenOptions()
        options.backlog = 1
        let handle = try loop.poller.openListener(loop.listenAddress(), options)
        let listener = try TestEnd(loop, adopting: handle)
        let address = try #require(listener.localAddress)
        let clients = try (0..<6).map { _ in try TestEnd.connecting(loop, to: address) }
        loop.run { clients.contains(where: \.isConnected) }
        loop.pass(.milliseconds(50))
        let waiting = clients.filter { !$0.isConnected }
        #expect(!waiting.isEmpty)
        #expect(waiting.allSatisfy { $0.connectError == nil })
        for client in clients { client.retire() }
        loop.run { clients.allSatisfy(\.isRetired) }
        #expect(clients.allSatisfy { $0.outcomesAfterRetire == 0 })
        listener.retire()
        loop.expectBack(to: before)
    }

    @Test(arguments: PollerBackend.allCases) func aLargeSendToASlowReader(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let before = loop.ledger
        let connection = try TestConnection(
            loop, options: backend.isSimulated ? .smallBuffers : StreamOptions())
        let (client, server) = (connection.client, connection.server)
        let block = testPattern(65_521)
        let total = backend.isSimulated ? 1 << 18 : 64 << 20
        var bytes: [UInt8] = []
        bytes.reserveCapacity(total + block.count)
        while bytes.count < total { bytes += block }
        bytes.removeLast(bytes.count - total)
        let reader = PatternReader(block)
        server.onBytes = { reader.take($0) }
        server.keepsReceiving = false
        client.send(bytes)
        // The reader takes little at a time at first, and nothing in between.
        for turn in 0..<(backend.isSimulated ? 20 : 100) {
            let target = reader.count + 1
            server.receive()
            loop.run { reader.count >= target }
            if turn % 10 == 0 { loop.settle() }
        }
        #expect(client.isSending)
        server.lendSizes = [64 << 10, 256 << 10]
        server.keepsReceiving = true
        server.receive()
        loop.run(for: .seconds(120)) { reader.count >= total }
        #expect(reader.count == total && reader.differences == 0)
        loop.run { !client.isSending }
        #expect(client.sentTotal == total)
        connection.retire()
        loop.expectBack(to: before)
    }

    @Test(arguments: PollerBackend.allCases) func closingWithHundredsPending(
        _ backend: PollerBackend
    ) throws {
        let outer = try TestLoop(backend)
        let before = outer.ledger
        do {
            let loop = try TestLoop(backend)
            let connections = try (0..<100).map { _ in
                try TestConnection(loop, options: .smallBuffers)
            }
            let large = testPattern(100_000)
            for connection in connections {
                connection.client.receive()
                connection.server.receive()
                connection.server.keepsReceiving = false
                connection.client.send(large)
            }
            // Some on their way, some not begun, and connects that nobody will answer.
            loop.thread.runTurn(wait: false)
            let address = try #require(connections[0].listener.localAddress)
            let late = try (0..<20).map { _ in try TestEnd.connecting(loop, to: address) }
            loop.thread.stop()
            let ends = connections.flatMap { [$0.listener, $0.client, $0.server] } + late
            #expect(ends.allSatisfy { $0.isRetired })
            #expect(ends.allSatisfy { $0.outcomesAfterRetire == 0 })
            for handle in connections.flatMap({ $0.listener.accepted.dropFirst() }) {
                loop.poller.close(handle)
            }
            #expect(loop.poller.entryCount == 0)
        }
        outer.expectBack(to: before)
    }

    @Test(arguments: PollerBackend.systemStreams) func otherThreadsPostUnderTraffic(
        _ backend: PollerBackend
    ) throws {
        let loop = try TestLoop(backend)
        let connection = try TestConnection(loop)
        let thread = loop.thread
        let count = SharedCount()
        let posters = try (0..<4).map { _ in
            try OSThread(name: "poster") {
                for _ in 0..<500 { thread.post { count.value.add(1, ordering: .relaxed) } }
            }
        }
        connection.server.receive()
        connection.client.onOutcome = { end, outcome in
            if case .sent = outcome, !end.isSending, end.sentTotal < 1_000_000 {
                end.send(testPattern(1000))
            }
        }
        connection.client.send(testPattern(1000))
        loop.run {
            count.value.load(ordering: .relaxed) == 2000
                && connection.server.received.count == 1_000_000
        }
        for poster in posters { poster.join() }
        connection.client.onOutcome = nil
    }
}

/// Compares what comes with a block that is repeated.
private final class PatternReader {
    private let block: [UInt8]
    private(set) var count = 0
    private(set) var differences = 0

    init(_ block: [UInt8]) { self.block = block }

    func take(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes
        while !rest.isEmpty {
            let offset = count % block.count
            let part = min(rest.count, block.count - offset)
            block.withUnsafeBytes { block in
                guard let own = block.baseAddress, let base = rest.baseAddress else { return }
                if memcmp(own + offset, base, part) != 0 { differences += 1 }
            }
            count += part
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(part))
        }
    }
}
