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
                try await eventually("peer \(peer) has come") {
                    pull.statistics.connections == UInt64(peer + 1)
                }
            }
            // Six peers fill the limit; each of the others may have got in what one read brings.
            #expect(pull.unreadMessages <= limit / 20_000 + 10 + peers * 4)
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
}

extension ReceiveSide {
    fileprivate var leftBehindNow: Int { lock.withLock { leftBehind } }
}
