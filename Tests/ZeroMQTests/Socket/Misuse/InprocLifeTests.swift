import Testing

@testable import ZeroMQ

/// The two halves of an inproc connection hold each other; ending it lets go of both.
@Suite(.timeLimit(.minutes(1))) struct InprocLifeTests {
    /// Runs `body` with a context, and waits until nothing keeps that context any more.
    private func expectLetGo(_ body: (Context) async throws -> Void) async throws {
        weak var watched: Context?
        func live() async throws {
            let context = try Context()
            watched = context
            try await body(context)
            await context.shutdown(grace: .zero)
        }
        try await live()
        try await eventually("the context is let go") { watched == nil }
    }

    @Test func anEndedLinkIsLetGo() async throws {
        try await expectLetGo { context in
            let (push, pull) = (try PushSocket(context), try PullSocket(context))
            try await link(pull, push, over: .inproc)
            try await push.send("taken")
            #expect(try await pull.next() == "taken")
            try await push.send("not taken")
        }
    }

    @Test func aRefusedPeerIsLetGo() async throws {
        try await expectLetGo { context in
            let (bound, first) = (try PairSocket(context), try PairSocket(context))
            let endpoint = try await link(bound, first, over: .inproc)
            let events = EventLog(bound)
            try (try PairSocket(context)).connect(endpoint)
            _ = try await events.first(.peerRefused)
        }
    }

    /// One thread links, another unlinks.
    @Test func disconnectingWhileTheNameIsBoundLeavesNoPeer() async throws {
        try await expectLetGo { context in
            for _ in 0..<200 {
                let (dealer, router) = (try DealerSocket(context), try RouterSocket(context))
                let endpoint = TestTransport.inproc.freshEndpoint
                try dealer.connect(endpoint)
                async let binding = offThread { try router.bind(endpoint) }
                async let disconnecting: Void = offThread { try dealer.disconnect(endpoint) }
                _ = try await (binding, disconnecting)
                #expect(router.statistics.peers == 0)
                #expect(dealer.statistics.peers == 0)
                await dealer.close(linger: .zero)
                await router.close(linger: .zero)
            }
        }
    }
    @Test func K11_aConnectFollowsItsNameToTheNextWhoBindsIt() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context)
            let endpoint = TestTransport.inproc.freshEndpoint
            try push.connect(endpoint)
            for round in 0..<20 {
                let pull = try PullSocket(context)
                try pull.bind(endpoint)
                try await push.send(Message("round \(round)"))
                #expect(try await pull.next() == Message("round \(round)"))
                await pull.close()
                #expect(push.statistics.peers == 1)
                // Queued for the next one.
                try await push.send("between")
                let other = try PullSocket(context)
                try other.bind(endpoint)
                #expect(try await other.next() == "between")
                await other.close()
            }
        }
    }

    @Test func K11_subscriptionsAreMadeAgainAtTheNextPublisher() async throws {
        try await withTestContext { context in
            let sub = try SubscriberSocket(context)
            try sub.subscribe("a")
            let endpoint = TestTransport.inproc.freshEndpoint
            try sub.connect(endpoint)
            for round in 0..<5 {
                let pub = try XPublisherSocket(context)
                try pub.bind(endpoint)
                #expect(try await pub.next() == Message([1] + Array("a".utf8)))
                try await pub.send(Message("b \(round)"))
                try await pub.send(Message("a \(round)"))
                #expect(try await sub.next() == Message("a \(round)"))
                await pub.close()
            }
        }
    }

    @Test func bothEndsCloseAtTheSameMoment() async throws {
        try await expectLetGo { context in
            for _ in 0..<200 {
                let (dealer, router) = (try DealerSocket(context), try RouterSocket(context))
                try await link(router, dealer, over: .inproc)
                async let one = dealer.close(linger: .zero)
                async let two = router.close(linger: .zero)
                _ = await (one, two)
            }
        }
    }
}
