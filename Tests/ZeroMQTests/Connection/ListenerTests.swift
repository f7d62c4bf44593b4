import Synchronization
import Testing

@testable import ZeroMQ

/// A listener's end, in every order of events.
@Suite struct ListenerTests {
    private final class Calls: Sendable {
        let unbound = Atomic<Int>(0)
        let closed = Atomic<Int>(0)
    }

    private func listener(
        _ world: SimulatedWorld, _ socket: PullSocket, _ calls: Calls
    ) throws -> Listener {
        let thread = world.threads[0]
        let handle = try thread.poller.openListener(
            SocketAddress(ipv4: 0x7f00_0001, port: 5555), ListenOptions())
        return Listener(
            handle: handle, endpoint: "tcp://127.0.0.1:5555",
            settings: socket.core.settings(SocketOptions(), .listener), thread: thread,
            context: world.context, host: socket.core
        ) { calls.closed.add(1, ordering: .relaxed) }
    }

    @Test(arguments: [["close", "start"], ["start", "close"], ["close", "start", "close"]])
    func closesWheneverItIsTold(_ steps: [String]) throws {
        let world = SimulatedWorld()
        let socket = try PullSocket(world.context)
        let calls = Calls()
        let listener = try listener(world, socket, calls)
        for step in steps {
            if step == "start" {
                world.threads[0].post { listener.start() }
            } else {
                world.threads[0].post {
                    listener.close(until: .distantFuture) {
                        calls.unbound.add(1, ordering: .relaxed)
                    }
                }
            }
        }
        world.run { calls.closed.load(ordering: .relaxed) > 0 }
        world.settle()
        #expect(calls.closed.load(ordering: .relaxed) == 1)
        #expect(calls.unbound.load(ordering: .relaxed) == steps.count { $0 == "close" })
        #expect(world.network.openHandles == 0)
        #expect(world.threads[0].poller.entryCount == 0)
    }

    @Test func noMessageForItsPeersOnceUnbindHasReturned() throws {
        let world = SimulatedWorld(ioThreads: 2)
        let push = try PushSocket(world.context)
        let endpoint = try push.bind("tcp://127.0.0.1:*")
        let pulls = try (0..<4).map { _ in try PullSocket(world.context) }
        for pull in pulls { try world.join(pull, to: push, at: endpoint) }
        #expect(try push.trySend("before"))
        try push.unbind(endpoint)
        // No thread has had a turn since.
        #expect(try !push.trySend("after"))
        world.run(for: .seconds(10)) { push.statistics.peers == 0 }
        world.settle()
        #expect(try pulls.flatMap { try $0.takeAll() } == ["before"])
    }

    @Test func aHandshakeThatEndsBehindUnbindIsNotTakenIn() throws {
        let world = SimulatedWorld()
        let push = try PushSocket(world.context)
        let endpoint = try push.bind("tcp://127.0.0.1:*")
        let pull = try PullSocket(world.context)
        try pull.connect(endpoint)
        world.run { world.network.streams.count == 2 }
        if case .listener(let listener, _) = push.core.lock.withLock({
            push.core.state.endpoints[0].worker
        }) {
            listener.withdrawPeers()
        }
        world.pass(.seconds(1))
        #expect(push.statistics.connections == 0)
        #expect(try !push.trySend("after"))
    }
}
