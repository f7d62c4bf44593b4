import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct RefusedPeerEventsTests {
    @Test func aDuplicateIDIsNeverASuccessOnTheSideThatRefuses() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let journal = Journal(router)
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            let named = options {
                $0.routingID = try? RoutingID("twin")
                $0.reconnectInterval = nil
            }
            let first = try DealerSocket(context, options: named)
            try await join(first, to: router, at: endpoint)
            let second = try DealerSocket(context, options: named)
            let seen = Journal(second)
            try second.connect(endpoint)
            await journal.wait(.handshakeFailed)
            let kinds = journal.all.map(\.kind)
            #expect(
                kinds.suffix(3) == [.accepted, .peerRefused, .handshakeFailed], "\(kinds)")
            #expect(journal.count(.handshakeSucceeded) == 1)
            // The refused one may have seen our READY, and then sees the end of it.
            await seen.wait(.connectStopped)
            let ended = seen.count(.disconnected) + seen.count(.handshakeFailed)
            #expect(ended == 1 && seen.count(.handshakeSucceeded) == seen.count(.disconnected))
        }
    }
}
