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
}
