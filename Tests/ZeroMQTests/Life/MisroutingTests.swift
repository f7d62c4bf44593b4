#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Peers that go at the wrong moment, and what was meant for them.
    @Suite(.timeLimit(.minutes(1))) struct MisroutingTests {
        private let calm = SocketOptions.with {
            $0.receiveTimeout = patience
            $0.sendTimeout = patience
        }

        @Test func replyToAPeerThatHasGoneReachesNobodyElse() async throws {
            try await withLiveContext { context in
                let reply = try ReplySocket(context, options: calm)
                let log = Journal(reply)
                let endpoint = try reply.bindLoopback()
                for round in 1...20 {
                    let leaving = try await WirePeer.established(to: endpoint, as: "REQ")
                    try await leaving.send(WireText.frame([], flags: 1) + WireText.frame("secret"))
                    leaving.close()
                    await log.wait(.disconnected, count: 2 * round - 1)
                    #expect(try await reply.receive() == "secret")
                    let stranger = try await WirePeer.established(to: endpoint, as: "DEALER")
                    await log.wait(.handshakeSucceeded, count: 2 * round)
                    try await reply.send("the answer")
                    try await stranger.send(WireText.ping(context: [1]))
                    #expect(
                        try await stranger.receiveFrame().body.prefix(5) == [4] + Array("PONG".utf8)
                    )
                    // Not the last to go, so that its place is not simply taken again.
                    try await stranger.send(WireText.frame([], flags: 1) + WireText.frame("mine"))
                    #expect(try await reply.receive() == "mine")
                    try await reply.send("yours")
                    #expect(try await stranger.receiveFrame().body.isEmpty)
                    #expect(try await stranger.receiveFrame().body == Array("yours".utf8))
                    stranger.close()
                    await expectSoon("the stranger goes") { reply.statistics.peers == 0 }
                    await log.wait(.disconnected, count: 2 * round)
                }
            }
        }

        @Test func messagesOutliveTheirPeers() async throws {
            try await withLiveContext { context in
                let router = try RouterSocket(context, options: calm)
                let log = Journal(router)
                let endpoint = try router.bindLoopback()
                for index in 1...50 {
                    let id = Array("peer \(index)".utf8)
                    let peer = try await WirePeer.established(
                        to: endpoint, as: "DEALER", identity: id)
                    try await peer.send(WireText.frame("one") + WireText.frame("two"))
                    peer.close()
                    await log.wait(.disconnected, count: index)
                }
                for _ in 1...100 {
                    let message = try await router.receive()
                    #expect(message.count == 2)
                }
                #expect(try router.tryReceive() == nil)
            }
        }
    }
#endif
