import Testing

@testable import ZeroMQ

/// An I/O thread that has left the writing to the sender, and looks how that goes.
@Suite struct RestTests {
    private let world = SimulatedWorld()
    private let push: PushSocket
    private let pull: PullSocket
    private let side: SendSide
    private let connection: Connection

    init() throws {
        push = try PushSocket(world.context)
        pull = try PullSocket(world.context)
        try world.link(push, pull)
        side = try #require(push.core.sendSide)
        var driver: (any PipeDriver)?
        side.pipes.forEach { driver = $0.driver }
        connection = try #require(driver as? Connection)
    }

    /// Whoever waits for the lock here waits for ever.
    @Test func aSenderThatIsAtItIsNotWaitedFor() {
        side.lock.lock()
        for _ in 0..<Rest.mostMissedLooks { connection.endRest() }
        let rests = connection.restTimer != nil
        side.lock.unlock()
        #expect(rests && connection.missedLooks == Rest.mostMissedLooks)
    }

    @Test func whatItLeavesBehindIsWrittenWhenTheRestEnds() throws {
        side.lock.lock()
        connection.endRest()
        side.lock.unlock()
        #expect(connection.missedLooks == 1)
        #expect(try push.trySend("left behind"))
        world.pass(.milliseconds(1))
        #expect(connection.missedLooks == 0 && connection.restTimer == nil)
        #expect(try pull.takeAll() == ["left behind"])
    }

    /// The lock may be taken all the time for the sake of other peers.
    @Test(.timeLimit(.minutes(1))) func afterSomeLooksTheLockIsWaitedFor() async throws {
        connection.missedLooks = Rest.mostMissedLooks
        side.lock.lock()
        let look = Task { [connection] in try await offThread { connection.endRest() } }
        while !side.lock.isWaitedFor { await Task.yield() }
        side.lock.unlock()
        try await look.value
        #expect(connection.missedLooks == 0)
    }
}
