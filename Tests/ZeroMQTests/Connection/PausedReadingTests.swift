import Testing

@testable import ZeroMQ

/// A connection that is not read, for the application is behind, and whose peer goes.
@Suite struct PausedReadingTests {
    private let narrow = options { $0.receiveHighWaterMark = 2 }

    /// A router that is behind, with messages of its dealer in its queue and in the kernel.
    private func behind(
        _ world: SimulatedWorld, _ count: Int = 30
    ) throws -> (RouterSocket, DealerSocket) {
        var mandatory = narrow
        mandatory.routerMandatory = true
        let router = try RouterSocket(world.context, options: mandatory)
        let dealer = try DealerSocket(
            world.context, options: options { $0.routingID = try? RoutingID("d") })
        try world.link(router, dealer)
        try send(count, from: dealer, in: world)
        #expect(router.unreadMessages < count)
        return (router, dealer)
    }

    /// Sends one after the other, so that each arrives by itself.
    private func send(_ count: Int, from dealer: DealerSocket, in world: SimulatedWorld) throws {
        for index in 0..<count {
            #expect(try dealer.trySend("\(index)".message))
            world.pass(.milliseconds(1))
        }
    }

    private func check(_ messages: [Message], _ count: Int) {
        #expect(messages.map { $0[1].string } == (0..<count).map { "\($0)" })
    }

    @Test func aPeerThatHasGoneIsNoticedAndItsMessagesAreKept() throws {
        let world = SimulatedWorld()
        let (router, dealer) = try behind(world)
        dealer.core.beginClosing(linger: nil, error: .closed)
        world.run("it is noticed") { router.statistics.peers == 0 }
        #expect(throws: ZeroMQError.self) { try router.trySend(["d", "to nobody"]) }
        check(try router.takeAll(), 30)
    }

    @Test func aBrokenConnectionIsNoticedAndWhatArrivedIsKept() throws {
        let world = SimulatedWorld()
        let (router, dealer) = try behind(world)
        world.network.reset(try #require(world.network.streams.first))
        world.run("it is noticed") { router.statistics.connections == 2 }
        check(try router.takeAll(), 30)
        withExtendedLifetime(dealer) {}
    }

    @Test func aFailedWriteDoesNotLoseWhatThePeerHadSent() throws {
        // This system says nothing of a peer that has gone unless it is read or written to.
        let world = SimulatedWorld(.completing)
        let (router, dealer) = try behind(world)
        dealer.endWorkers(until: .distantPast)
        world.pass(.seconds(3))
        #expect(router.statistics.peers == 1)
        #expect(try router.trySend(["d", "answered by a reset"]))
        world.pass(.milliseconds(1))
        #expect(try router.trySend(["d", "fails"]))
        world.run("it is noticed") { router.statistics.peers == 0 }
        check(try router.takeAll(), 30)
    }

    @Test func anOverfullQueueIsNotFilledByTheNextConnection() throws {
        let world = SimulatedWorld()
        let dealer = try DealerSocket(world.context, options: narrow)
        let router = try RouterSocket(world.context)
        let endpoint = try world.link(router, dealer)
        let stream = try #require(world.network.streams.first)
        try feed(dealer, from: router, in: world)
        world.network.reset(stream)
        world.run("the dealer is back") { dealer.statistics.connections == 2 }
        #expect(dealer.unreadMessages == 20)
        // The next connection finds the queue full: one receive at most, and the end waits.
        try feed(dealer, from: router, in: world)
        let before = dealer.unreadMessages
        world.network.reset(try #require(world.network.streams.last))
        world.pass(.seconds(1))
        #expect(dealer.unreadMessages == before)
        #expect(dealer.statistics.connections == 2)
        var received = try dealer.takeAll()
        try world.run {
            received += try dealer.takeAll()
            return received.count == 40 && dealer.statistics.connections == 3
        }
        #expect(received.count == 40)
        _ = endpoint
    }

    /// Sends 20 messages to the only dealer, each by itself.
    private func feed(
        _ dealer: DealerSocket, from router: RouterSocket, in world: SimulatedWorld
    ) throws {
        #expect(try dealer.trySend("who I am"))
        var id: Frame?
        try world.run {
            id = try router.tryReceive()?.first
            return id != nil
        }
        for index in 0..<20 {
            #expect(try router.trySend([try #require(id), "\(index)".frame]))
            world.pass(.milliseconds(1))
        }
    }
}
