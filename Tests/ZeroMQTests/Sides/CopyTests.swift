import Testing

@testable import ZeroMQ

/// Large bodies for receivers in this process are copied before the lock is taken.
@Suite(.timeLimit(.minutes(1))) struct CopyTests {
    private static let size = SendSide.copiedFirst

    private func body(_ number: UInt8) -> [UInt8] {
        [UInt8](repeating: number, count: Self.size)
    }

    private func send(_ number: UInt8, over push: PushSocket) throws -> Bool {
        try body(number).withUnsafeBytes { try push.trySend($0) }
    }

    private func side(of push: PushSocket) throws -> SendSide {
        try #require(push.core.sendSide)
    }

    @Test func theCopyIsWhatTheReceiverGets() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try pull.bind("inproc://copy")
            try push.connect("inproc://copy")
            for number in UInt8(0)..<20 { #expect(try send(number, over: push)) }
            for number in UInt8(0)..<20 {
                #expect(try pull.tryReceive()?.firstFrame.array == body(number))
            }
        }
    }

    @Test func nothingIsCopiedForAFullQueueOrNobody() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: options { $0.sendHighWaterMark = 1 })
            #expect(try !send(0, over: push))
            #expect(try copies(push) == false)
            let pull = try PullSocket(context, options: options { $0.receiveHighWaterMark = 1 })
            try pull.bind("inproc://full")
            try push.connect("inproc://full")
            #expect(try copies(push))
            #expect(try send(1, over: push) && send(2, over: push))
            #expect(try !send(3, over: push))
            #expect(try copies(push) == false)
            #expect(try pull.tryReceive()?.firstFrame.array == body(1))
            #expect(try pull.tryReceive()?.firstFrame.array == body(2))
            #expect(try pull.tryReceive() == nil)
            #expect(try copies(push))
        }
    }

    @Test func aPeerOverAWireTakesTheBytesAsTheyAre() async throws {
        try await withTestContext { context in
            let near = try PullSocket(context)
            let far = try PullSocket(context)
            let push = try PushSocket(context)
            try near.bind("inproc://near")
            let endpoint = try far.bind("tcp://127.0.0.1:*")
            try push.connect("inproc://near")
            #expect(try copies(push))
            try push.connect(endpoint)
            #expect(try copies(push) == false)
            try push.disconnect(endpoint)
            try await eventually("one peer left") { try copies(push) }
            try push.disconnect("inproc://near")
            #expect(try copies(push) == false)
            #expect(try side(of: push).localPeers == 0)
        }
    }

    private func copies(_ push: PushSocket) throws -> Bool {
        try body(0).withUnsafeBytes { try side(of: push).copyForReceivers($0) != nil }
    }
}
