import Testing

@testable import ZeroMQ

/// Memory that an operation uses stays as it is until the poller has let go of it.
@Suite struct LentMemoryTests {
    /// The owner of a frame's bytes; they are wiped when nobody holds it any more.
    private final class Owner {
        let bytes: UnsafeMutableRawBufferPointer

        init(_ bytes: UnsafeMutableRawBufferPointer) { self.bytes = bytes }

        deinit { bytes.initializeMemory(as: UInt8.self, repeating: 0xDE) }
    }

    /// Sends a large message until some are left over; nobody but the queue holds its bytes then.
    private func fill(
        _ push: PushSocket, _ bytes: UnsafeMutableRawBufferPointer, _ world: SimulatedWorld
    ) throws {
        let frame = Frame(sharing: Owner(bytes), UnsafeRawBufferPointer(bytes))
        while push.unsentMessages < 4 {
            #expect(try push.trySend(Message(frame)))
            world.settle()
        }
    }

    @Test(arguments: [true, false]) func pendingOperationsKeepTheirMemory(isBound: Bool) throws {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        bytes.initializeMemory(as: UInt8.self, repeating: 7)
        do {
            let world = SimulatedWorld(.completing)
            let push = try PushSocket(world.context)
            let pull = try PullSocket(
                world.context, options: options { $0.receiveHighWaterMark = 1 })
            if isBound { try world.link(push, pull) } else { try world.link(pull, push) }
            // More than the peer's window: the write stays pending, and so does a receive.
            try fill(push, bytes, world)
            push.endWorkers(until: .distantPast)
            world.run { push.statistics.peers == 0 }
            world.pass(.seconds(1))
            #expect(world.network.violations.isEmpty)
            #expect(bytes.allSatisfy { $0 == 0xDE }, "they were let go of in the end")
        }
        bytes.deallocate()
    }

    /// A system that ends without letting go may go on using the memory for ever.
    @Test func whatIsNeverGivenBackIsNeverFreed() throws {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 16)
        bytes.initializeMemory(as: UInt8.self, repeating: 7)
        do {
            var faults = SimulatedFaults.completing
            faults.keepsEverything = true
            let world = SimulatedWorld(faults)
            let push = try PushSocket(world.context)
            let pull = try PullSocket(
                world.context, options: options { $0.receiveHighWaterMark = 1 })
            try world.link(push, pull)
            try fill(push, bytes, world)
            push.core.beginClosing(linger: nil, error: .closed)
            world.threads[0].stop()
            // All the same it is over for the socket.
            #expect(push.statistics.peers == 0 && push.isClosed)
            #expect(bytes.allSatisfy { $0 == 7 })
            let poller = try #require(world.threads[0].poller as? SimulatedPoller)
            #expect(poller.abandoned.count == 2)
            poller.checkAbandoned()
            #expect(world.network.violations.isEmpty)
        }
        bytes.deallocate()
    }

    @Test func trafficOverACompletionSystem() throws {
        let world = SimulatedWorld(.completing)
        let push = try PushSocket(world.context)
        let pull = try PullSocket(world.context)
        try world.link(pull, push)
        var expected: [Int] = []
        var received: [Int] = []
        for size in [0, 1, 100, 8191, 8192, 100_000, 70_000, 3, 1 << 20, 20] {
            let message = Message([UInt8](repeating: 5, count: size))
            #expect(try push.trySend(message))
            expected.append(size)
        }
        try world.run(for: .seconds(10)) {
            received += try pull.takeAll().map(\.totalCount)
            return received.count == expected.count
        }
        #expect(received == expected)
        push.core.beginClosing(linger: nil, error: .closed)
        world.run(for: .seconds(10)) { push.isClosed }
    }

    @Test func violationsAreFound() throws {
        let network = SimulatedNetwork(seed: 1, faults: .completing)
        let thread = IOThread(name: "test", poller: SimulatedPoller(network))
        let loop = TestLoop(network: network, thread: thread)
        let connection = try TestConnection(loop)
        connection.server.receive()
        loop.settle()
        // Memory given to a receive is written to by somebody else.
        connection.server.spoilLentMemory()
        connection.client.send([1])
        loop.run { connection.server.received.count == 1 }
        #expect(network.violations.count == 1)
        network.violations = []
    }
}
