import Testing

@testable import ZeroMQ

/// Peers that come, send and go while nobody receives, and those who come behind them.
@Suite(.timeLimit(.minutes(1))) struct CrowdTests {
    private static let limit = 64 * 1024
    private static let body = [UInt8](repeating: 7, count: 20_000)

    /// A socket with a crowd: peers have gone and left more behind than it keeps.
    private func crowd(_ socket: some ZeroMQSocket, as type: String) async throws -> String {
        let endpoint = try socket.bind("tcp://127.0.0.1:*")
        while socket.core.receiveSide?.leftBehindNow ?? 0 < Self.limit {
            let peer = try await RawPeer.connect(endpoint, as: type)
            try await peer.send(bytes: [Self.body])
            let before = socket.core.receiveSide?.leftBehindNow ?? 0
            try await eventually("it was read") { socket.statistics.bytesReceived > 0 }
            peer.close()
            try await eventually("it has gone") {
                socket.core.receiveSide?.leftBehindNow ?? 0 > before
            }
        }
        return endpoint
    }

    private var small: SocketOptions { options { $0.receiveByteLimit = Self.limit } }

    /// Has the application take what the crowd left behind.
    private func takeAll(_ socket: some ReceivingSocket) throws {
        while try socket.tryReceive() != nil {}
    }

    @Test func listenersWaitWhenManyAreHeldAndGoOnWhenTheyAreNot() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context, options: small)
            let endpoint = try await crowd(pull, as: "PUSH")
            var events = pull.events.makeAsyncIterator()
            var peers: [RawPeer] = []
            for _ in 0..<ReceiveSide.mostHeld {
                peers.append(try await RawPeer.connect(endpoint, as: "PUSH"))
            }
            try await eventually("they are held") {
                pull.core.receiveSide?.heldNow == ReceiveSide.mostHeld
            }
            // One more is accepted before the listener looks, and the one behind it is not.
            peers.append(try await RawPeer.connect(endpoint))
            while let event = await events.next(), event.kind != .acceptPaused {}
            let last = try await RawPeer.connect(endpoint)
            try takeAll(pull)
            try await last.shakeHands(as: "PUSH")
            try await last.send(["last"])
            #expect(try await pull.next() == "last")
            #expect(pull.core.receiveSide?.heldNow == 0)
            for peer in peers + [last] { peer.close() }
        }
    }

    @Test func aHeldPeerThatGoesWithoutAWordHasGone() async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context, options: small)
            let endpoint = try await crowd(dealer, as: "DEALER")
            let silent = try await RawPeer.connect(endpoint, as: "DEALER")
            try await eventually("it is held") { dealer.core.receiveSide?.heldNow == 1 }
            silent.close()
            try await eventually("it has gone") { dealer.statistics.peers == 0 }
            #expect(dealer.core.receiveSide?.heldNow == 0)
            let live = try await RawPeer.connect(endpoint, as: "DEALER")
            try await dealer.send("to the living")
            #expect(try await live.receiveTexts() == ["to the living"])
        }
    }

    @Test func aHeldPeerThatGoesGetsNoMoreMessagesAndWhatItSentIsReceived() async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context, options: small)
            let endpoint = try await crowd(dealer, as: "DEALER")
            let gone = try await RawPeer.connect(endpoint, as: "DEALER")
            try await gone.send(["last words"])
            gone.close()
            try await eventually("it gets nothing") {
                dealer.core.sendSide?.lock.withLock { dealer.core.sendSide?.hasNobody } == true
            }
            let live = try await RawPeer.connect(endpoint, as: "DEALER")
            for index in 0..<10 { try await dealer.send(Message("\(index)")) }
            for index in 0..<10 { #expect(try await live.receiveTexts() == ["\(index)"]) }
            var words: [Message] = []
            while words.last != "last words" { words.append(try await dealer.next()) }
            #expect(words.count > 1 && dealer.statistics.totalDropped == 0)
        }
    }

    @Test func theOnlyPlaceIsFreeWhenAHeldPeerHasGone() async throws {
        try await withTestContext { context in
            let pair = try PairSocket(context, options: small)
            let endpoint = try await crowd(pair, as: "PAIR")
            let first = try await RawPeer.connect(endpoint, as: "PAIR")
            try await first.send(["unread"])
            try await eventually("it is held") { pair.core.receiveSide?.heldNow == 1 }
            first.close()
            try await eventually("its place is free") { pair.core.exclusivePeerNow == nil }
            let second = try await RawPeer.connect(endpoint, as: "PAIR")
            try await pair.send("hello")
            #expect(try await second.receiveTexts() == ["hello"])
        }
    }

    @Test func aRoutingIDIsFreeWhenAHeldPeerHasGone() async throws {
        try await withTestContext { context in
            var mandatory = small
            mandatory.routerMandatory = true
            let router = try RouterSocket(context, options: mandatory)
            let endpoint = try await crowd(router, as: "DEALER")
            let first = try await RawPeer.connect(endpoint, as: "DEALER", id: Array("name".utf8))
            try await first.send(["unread"])
            try await eventually("it is held") { router.core.receiveSide?.heldNow == 1 }
            first.close()
            try await eventually("nobody has the name") {
                (try? router.trySend(["name", "probe"])) == nil
            }
            let second = try await RawPeer.connect(endpoint, as: "DEALER", id: Array("name".utf8))
            try await eventually("it is known") {
                (try? router.trySend(["name", "hello"])) == true
            }
            #expect(try await second.receiveTexts() == ["hello"])
        }
    }

    @Test func whatCameWithTheHandshakeOfAHeldPeerIsReceived() async throws {
        try await withTestContext { context in
            let dealer = try DealerSocket(context, options: small)
            let endpoint = try await crowd(dealer, as: "DEALER")
            let before = dealer.statistics.connections
            for index in 0..<20 {
                let peer = try await RawPeer.connect(endpoint)
                let words = RawPeer.message([Array("\(index)".utf8)])
                try await peer.write(
                    RawPeer.greeting(minor: 1) + RawPeer.ready(type: "DEALER", id: []) + words)
                // With an answer unread it would be a reset, and no handshake if that comes first.
                try await peer.hearHandshake()
                peer.close()
                try await eventually("it has come") {
                    dealer.statistics.connections == before + UInt64(index + 1)
                }
            }
            var words: Set<String> = []
            while words.count < 20 {
                if let text = try await dealer.next().string, text.count < 3 { words.insert(text) }
            }
            #expect(dealer.statistics.totalDropped == 0)
        }
    }

    @Test func whatPeersOfAnXPUBLeaveBehindIsLimited() async throws {
        try await withTestContext { context in
            let xpub = try XPublisherSocket(context, options: small)
            let endpoint = try await crowd(xpub, as: "XSUB")
            let left = try #require(xpub.core.receiveSide?.leftBehindNow)
            for _ in 0..<5 {
                let dropped = xpub.statistics.dropped[.highWaterMark] ?? 0
                let peer = try await RawPeer.connect(endpoint, as: "XSUB")
                try await peer.send(bytes: [Self.body])
                peer.close()
                try await eventually("it is dropped") {
                    xpub.statistics.dropped[.highWaterMark] ?? 0 == dropped + 1
                }
            }
            #expect(xpub.core.receiveSide?.leftBehindNow == left)
        }
    }

    /// The application is slower than those who were let in, so that their queues are never empty.
    @Test func nobodyIsHeldForEverBehindOthersWhoKeepSending() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context, options: small)
            let endpoint = try await crowd(pull, as: "PUSH")
            var floods: [Task<Void, any Error>] = []
            for _ in 0..<6 {
                let peer = try await RawPeer.connect(endpoint, as: "PUSH")
                let wire = (0..<100).flatMap { _ in RawPeer.message([Self.body]) }
                floods.append(Task { while !Task.isCancelled { try await peer.write(wire) } })
            }
            let late = try await RawPeer.connect(endpoint, as: "PUSH")
            try await late.send(["late"])
            var received = 0
            while try await pull.next() != "late" { received += 1 }
            #expect(received < 5000)
            for flood in floods { flood.cancel() }
            pull.closeBlocking(linger: .zero)
            for flood in floods { _ = await flood.result }
        }
    }
}

extension SendSide {
    /// Lock held.
    fileprivate var hasNobody: Bool {
        var isEmpty = true
        pipes.forEach { if !$0.isWithdrawn { isEmpty = false } }
        return isEmpty
    }
}

extension SocketCore {
    fileprivate var exclusivePeerNow: Int? { lock.withLock { state.exclusivePeer } }
}

extension ReceiveSide {
    fileprivate var leftBehindNow: Int { lock.withLock { leftBehind } }
    fileprivate var heldNow: Int { lock.withLock { held.count } }
}
