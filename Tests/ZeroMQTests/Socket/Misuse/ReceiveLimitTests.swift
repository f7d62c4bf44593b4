import Testing

@testable import ZeroMQ

/// What a socket that does not receive lets its peers pile up.
@Suite(.timeLimit(.minutes(1))) struct ReceiveLimitTests {
    private static let body = [UInt8](repeating: 7, count: 20_000)

    /// Messages `0..<count` with a body of 20 kB each, as bytes on the wire.
    private func wire(_ count: Int, from peer: Int = 0) -> [UInt8] {
        (0..<count).flatMap { RawPeer.message([Array("\(peer) \($0)".utf8), Self.body]) }
    }

    @Test func BI_R28_smallMessagesAreReadAheadOfTheMarkButNotForEver() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context, options: options { $0.receiveHighWaterMark = 1000 })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            let push = try await RawPeer.connect(endpoint, as: "PUSH")
            let count = 40_000
            let messages = (0..<count).flatMap { RawPeer.message([Array("\($0)".utf8)]) }
            let writing = Task { try await push.write(messages) }
            try await eventually("it has read ahead") { pull.unreadMessages >= 4000 }
            // One read of 64 KiB more at most, of messages of 3 to 7 bytes.
            #expect(pull.unreadMessages <= 4000 + 64 * 1024 / 3)
            #expect(try await pull.nextTexts(count) == (0..<count).map(String.init))
            try await writing.value
        }
    }

    @Test func BI_R28_theByteLimitPausesReading() async throws {
        try await withTestContext { context in
            let limit = 1 << 20
            let pull = try PullSocket(
                context,
                options: options {
                    $0.receiveHighWaterMark = 0
                    $0.receiveByteLimit = limit
                })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            let push = try await RawPeer.connect(endpoint, as: "PUSH")
            let writing = Task { try await push.write(wire(1000)) }
            try await eventually("it is full") { pull.unreadMessages >= limit / 20_100 }
            #expect(pull.unreadMessages <= (limit + 64 * 1024) / 20_000)
            for index in 0..<1000 {
                #expect(try await pull.next()[0] == Frame("0 \(index)"))
            }
            try await writing.value
        }
    }

    /// Returns when peer number `peer` has come, and gone unless those before it left so much
    /// behind that it is held.
    private func waitForPeer(_ peer: Int, of pull: PullSocket) async throws {
        let side = try #require(pull.core.receiveSide)
        try await eventually("peer \(peer) has come, and gone unless it is held") {
            pull.statistics.connections == UInt64(peer + 1)
                && (pull.statistics.peers == 0 || side.lock.withLock { side.isCrowded })
        }
    }

    @Test func BI_R28_whatPeersThatHaveGoneLeaveBehindIsLimited() async throws {
        try await withTestContext { context in
            let limit = 1 << 20
            let peers = 30
            let pull = try PullSocket(
                context, options: options { $0.receiveByteLimit = limit })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            for peer in 0..<peers {
                let push = try await RawPeer.connect(endpoint, as: "PUSH")
                try await push.write(wire(10, from: peer))
                push.close()
                try await waitForPeer(peer, of: pull)
            }
            // Six peers fill the limit.
            #expect(pull.unreadMessages <= limit / 20_000 + 10)
            var next = [Int](repeating: 0, count: peers)
            for _ in 0..<peers * 10 {
                let words = (try await pull.next()[0].string ?? "").split(separator: " ")
                let (peer, index) = (Int(words[0]) ?? -1, Int(words[1]) ?? -1)
                #expect(next[peer] == index)
                next[peer] += 1
            }
            #expect(next == [Int](repeating: 10, count: peers))
        }
    }

    /// What comes in one piece with the handshake is read with it.
    @Test func BI_R28_whatCameWithTheHandshakeIsNotLeftBehindPastTheLimit() async throws {
        try await withTestContext { context in
            let limit = 1 << 20
            let peers = 60
            let pull = try PullSocket(context, options: options { $0.receiveByteLimit = limit })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            for peer in 0..<peers {
                let push = try await RawPeer.connect(endpoint)
                try await push.write(
                    RawPeer.greeting(minor: 1) + RawPeer.ready(type: "PUSH", id: [])
                        + wire(2, from: peer))
                // With an answer unread it would be a reset, and what was sent might be lost.
                try await push.hearHandshake()
                push.close()
                try await waitForPeer(peer, of: pull)
            }
            #expect(pull.unreadMessages <= limit / 20_000 + 2)
            var next = [Int](repeating: 0, count: peers)
            for _ in 0..<peers * 2 {
                let words = (try await pull.next()[0].string ?? "").split(separator: " ")
                let (peer, index) = (Int(words[0]) ?? -1, Int(words[1]) ?? -1)
                #expect(next[peer] == index)
                next[peer] += 1
            }
            #expect(next == [Int](repeating: 2, count: peers))
            #expect(pull.statistics.dropped.isEmpty)
        }
    }

    /// Toggling one topic makes notices for ever.
    @Test func BI_R28_noticesThatNobodyReadsPauseWhoCausesThem() async throws {
        try await withTestContext { context in
            let most = 500
            let xpub = try XPublisherSocket(
                context,
                options: options {
                    $0.peerLimits.subscriptions = most
                    $0.xpubVerboser = true
                    $0.receiveBuffer = 64 * 1024
                })
            let endpoint = try xpub.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB")
            let topic = [UInt8](repeating: 7, count: 200)
            let pair = RawPeer.message([[1] + topic]) + RawPeer.message([[0] + topic])
            let rounds = 20_000
            let written = Locked(0)
            let writing = Task {
                for _ in 0..<rounds / 100 {
                    try await peer.write([UInt8]((0..<100).flatMap { _ in pair }))
                    written.withLock { $0 += 100 }
                }
            }
            // It gets no further, and not because it is done: all of it is more than the system's
            // buffers hold.
            var (last, looks) = (-1, 0)
            try await eventually("the peer is paused") {
                let now = written.withLock { $0 }
                looks = now == last ? looks + 1 : 0
                last = now
                return looks == 200
            }
            #expect(last < rounds)
            // And what one read brings.
            #expect(xpub.unreadMessages <= most + 64 * 1024 / 200)
            for _ in 0..<rounds {
                #expect(try await xpub.next()[0].array == [1] + topic)
                #expect(try await xpub.next()[0].array == [0] + topic)
            }
            try await writing.value
            #expect(xpub.statistics.dropped.isEmpty)
        }
    }

    @Test func peersBehindACrowdAreServedOnceItIsGone() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(
                context, options: options { $0.receiveByteLimit = 64 * 1024 })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            for peer in 0..<2 {
                let push = try await RawPeer.connect(endpoint, as: "PUSH")
                try await push.write(wire(2, from: peer))
                push.close()
                try await eventually("\(peer) has come and gone") {
                    pull.core.receiveSide?.leftBehindNow ?? 0 > 40_000 * (peer + 1)
                }
            }
            let late = try await RawPeer.connect(endpoint, as: "PUSH")
            try await late.send(["late"])
            try await eventually("the next one waits") { pull.readingIsPaused }
            #expect(pull.unreadMessages == 4)
            for peer in [0, 1, 0, 1] {
                #expect(try await pull.next()[0].string?.hasPrefix("\(peer) ") == true)
            }
            #expect(try await pull.next() == "late")
            #expect(pull.core.receiveSide?.leftBehindNow == 0)
        }
    }

    @Test(arguments: [1000, 200], [65_536, 70_000])
    func aMessageThatIsNotAllThereDoesNotPauseItself(size: Int, limit: Int) async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context, options: options { $0.receiveByteLimit = limit })
            let push = try PushSocket(context)
            try await link(pull, push, over: .tcp)
            let message = Message(
                (0..<100_000 / size).map { Frame([UInt8](repeating: UInt8($0 % 251), count: size)) }
            )
            let sending = Task { for _ in 0..<300 { try await push.send(message) } }
            for _ in 0..<300 { #expect(try await pull.next() == message) }
            try await sending.value
        }
    }

    @Test func S19_aConflatingSocketIsHeldByACrowdAndThenServed() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(
                context,
                options: options {
                    $0.conflate = true
                    $0.receiveByteLimit = 65_536
                })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            for peer in 0..<64 {
                let push = try await RawPeer.connect(endpoint, as: "PUSH")
                try await push.send(["\(peer)"])
                push.close()
                try await eventually("\(peer) has gone") {
                    pull.core.receiveSide?.leftBehindNow ?? 0 > peer * 1024
                }
            }
            let push = try await RawPeer.connect(endpoint)
            try await push.write(RawPeer.greeting(minor: 1) + RawPeer.ready(type: "PUSH", id: []))
            try await push.send(["65"])
            try await eventually("it is held") { pull.readingIsPaused }
            for _ in 0..<64 { _ = try await pull.next() }
            for index in 65..<70 {
                if index > 65 { try await push.send(["\(index)"]) }
                #expect(try await pull.next() == Message("\(index)"))
            }
        }
    }

    @Test func S19_aConflatingSocketIsNeverFull() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(
                context,
                options: options {
                    $0.conflate = true
                    $0.receiveHighWaterMark = 1
                    $0.receiveByteLimit = 65_536
                })
            let push = try await RawPeer.connect(try pull.bind("tcp://127.0.0.1:*"), as: "PUSH")
            try await push.send(bytes: [[UInt8](repeating: 1, count: 300_000)])
            try await eventually("it is there") { pull.unreadMessages == 1 }
            #expect(!pull.readingIsPaused)
            try await push.send(["newest"])
            try await eventually("it is replaced") { pull.dropped(.conflated) == 1 }
            #expect(try await pull.next() == "newest")
        }
    }

    /// Who hangs up during the handshake, or has his first message taken, is held like all others.
    @Test(arguments: [true, false])
    func BI_R28_nothingLiftsTheHold(endsAtOnce: Bool) async throws {
        try await withTestContext { context in
            let limit = 1 << 20
            let router = try RouterSocket(context, options: options { $0.receiveByteLimit = limit })
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            var peers: [RawPeer] = []
            for peer in 0..<60 {
                let dealer = try await RawPeer.connect(endpoint)
                var bytes = RawPeer.greeting(minor: 1) + RawPeer.ready(type: "DEALER", id: [])
                bytes += wire(5, from: peer)
                try await dealer.write(bytes)
                if endsAtOnce { dealer.endWriting() } else { peers.append(dealer) }
                try await eventually("\(peer) has come") {
                    router.statistics.connections == UInt64(peer + 1)
                }
                if !endsAtOnce {
                    try router.updateOptions { $0.receiveHighWaterMark = 1000 + peer }
                    peers[peer].close()
                }
            }
            // Ten peers fill the limit; what comes with the handshake is kept whole.
            #expect(router.unreadMessages <= 60 + 60 * 4)
            for _ in 0..<60 * 5 { _ = try await router.next() }
            try await eventually("nothing is held any more") {
                router.core.receiveSide?.leftBehindNow == 0 && !router.readingIsPaused
            }
        }
    }

    @Test func S12_unreadNoticesDoNotKeepSubscribersOut() async throws {
        try await withTestContext { context in
            let pub = try XPublisherSocket(
                context, options: options { $0.receiveByteLimit = 65_536 })
            let endpoint = try pub.bind("tcp://127.0.0.1:*")
            for peer in 0..<100 {
                let sub = try await RawPeer.connect(endpoint, as: "SUB")
                try await sub.subscribe("topic \(peer)")
                sub.close()
                try await eventually("\(peer) has gone") {
                    pub.statistics.connections == UInt64(peer + 1) && pub.statistics.peers == 0
                }
            }
            let late = try SubscriberSocket(context)
            try late.subscribe("")
            try late.connect(endpoint)
            try await pub.waitForSubscribers(1, timeout: .seconds(15))
            try await pub.send("still here")
            #expect(try await late.next() == "still here")
            #expect(pub.dropped(.highWaterMark) > 0)
        }
    }
}

extension ReceiveSide {
    fileprivate var leftBehindNow: Int { lock.withLock { leftBehind } }
}
