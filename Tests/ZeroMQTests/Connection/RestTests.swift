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
        side.pipes.forEach {
            driver = $0.driver
            $0.writer = .resting
        }
        connection = try #require(driver as? Connection)
    }

    /// Ends the rest on a thread of its own while this one has the lock; returns whether it waited
    /// for that.
    private func endRestWhileSending() throws -> Bool {
        let hasLooked = Locked(false)
        side.lock.lock()
        let thread = try OSThread(name: "look") { [connection] in
            connection.endRest()
            hasLooked.withLock { $0 = true }
        }
        while !hasLooked.withLock({ $0 }), !side.lock.isWaitedFor { System.pause() }
        let hasWaited = !hasLooked.withLock { $0 }
        side.lock.unlock()
        thread.join()
        return hasWaited
    }

    @Test func aSenderThatIsAtItIsNotWaitedFor() throws {
        #expect(try endRestWhileSending() == false)
        #expect(connection.restTimer != nil && connection.restLimit != nil)
        #expect(try endRestWhileSending() == false)
    }

    @Test func whatItLeavesBehindIsWrittenWhenTheRestEnds() throws {
        #expect(try endRestWhileSending() == false)
        #expect(try push.trySend("left behind"))
        world.settle()
        #expect(try pull.takeAll() == [])
        world.pass(.milliseconds(1))
        #expect(try pull.takeAll() == ["left behind"])
        #expect(connection.restTimer == nil && connection.restLimit == nil)
    }

    /// The lock may be taken all the time for the sake of other peers.
    @Test func afterAWhileTheLockIsWaitedFor() throws {
        connection.restLimit = connection.now()
        #expect(try endRestWhileSending())
        #expect(connection.restLimit == nil)
    }

    @Test func aDelayIsNoLongerThanARest() throws {
        #expect(try endRestWhileSending() == false)
        let limit = try #require(connection.restLimit)
        #expect(limit <= connection.now().advanced(by: .microseconds(200)))
        #expect(try endRestWhileSending() == false)
        #expect(connection.restLimit == limit)
    }
}
