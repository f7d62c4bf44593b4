import Testing

@testable import ZeroMQ

/// After the last byte and our FIN.
@Suite struct LastBytesTests {
    @Test func lingersAsLongAsBytesAreUnderWay() throws {
        let world = SimulatedWorld()
        let push = try PushSocket(world.context)
        let pull = try PullSocket(world.context)
        try world.link(pull, push)
        let server = try #require(world.network.streams.last)
        world.network.stall(server)
        for index in 0..<10 { #expect(try push.trySend("\(index)".message)) }
        push.core.beginClosing(linger: nil, error: .closed)
        world.pass(.seconds(60))
        #expect(!push.isClosed)
        world.network.heal(server)
        world.run(for: .seconds(5)) { push.isClosed }
        #expect(try pull.takeAll().count == 10)
        #expect(push.statistics.totalDropped == 0)
    }

    @Test func lingerEndsThatWait() throws {
        let world = SimulatedWorld()
        let push = try PushSocket(world.context)
        let pull = try PullSocket(world.context)
        try world.link(pull, push)
        world.network.stall(try #require(world.network.streams.last))
        #expect(try push.trySend("on its way"))
        push.endWorkers(until: world.network.now.advanced(by: .seconds(7)))
        world.pass(.seconds(6))
        #expect(push.statistics.peers == 1)
        world.run(for: .seconds(2)) { push.statistics.peers == 0 }
    }

    @Test func aPeerThatNeverClosesIsWaitedForBriefly() throws {
        let world = SimulatedWorld()
        let push = try PushSocket(world.context)
        let pull = try PullSocket(world.context)
        try world.link(pull, push)
        // Its FIN does not arrive; what we sent does.
        world.network.stall(try #require(world.network.streams.first))
        #expect(try push.trySend("arrives"))
        push.core.beginClosing(linger: nil, error: .closed)
        world.run(for: .seconds(3)) { push.isClosed }
        #expect(try pull.takeAll().count == 1)
    }
}
