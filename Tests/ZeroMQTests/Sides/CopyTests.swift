import Testing

@testable import ZeroMQ

/// Large bodies for a receiver in this process are copied before the lock is taken.
@Suite(.timeLimit(.minutes(1))) struct CopyTests {
    private func body(_ number: UInt8, _ size: Int) -> [UInt8] {
        [UInt8](repeating: number, count: size)
    }

    private func send(
        _ number: UInt8, _ size: Int = SendSide.copiedFirst, over push: PushSocket
    ) throws -> Bool {
        try body(number, size).withUnsafeBytes { try push.trySend($0) }
    }

    private func queues(of push: PushSocket) throws -> [OutboundPipe] {
        var queues: [OutboundPipe] = []
        try #require(push.core.sendSide).pipes.forEach { queues.append($0) }
        return queues
    }

    /// The sizes of the closed pieces of the only queue: a copied body is one of its own, behind a
    /// piece with its header.
    private func pieces(of push: PushSocket) throws -> [Int] {
        let queue = try #require(queues(of: push).first)
        return (0..<queue.queue.count).map { queue.queue[$0].count }
    }

    private func withPair(_ body: (PullSocket, PushSocket) async throws -> Void) async throws {
        try await withTestContext { context in
            let small = options {
                $0.sendHighWaterMark = 1
                $0.receiveHighWaterMark = 1
            }
            let pull = try PullSocket(context, options: small)
            let push = try PushSocket(context, options: small)
            try pull.bind("inproc://copy")
            try push.connect("inproc://copy")
            try await body(pull, push)
        }
    }

    @Test func aLargeBodyIsQueuedAsItsCopy() async throws {
        try await withPair { pull, push async throws in
            let size = SendSide.copiedFirst
            #expect(try send(1, over: push))
            #expect(try pieces(of: push) == [9, size])
            let sent = push.statistics
            #expect(sent.messagesSent == 1 && sent.bytesSent == UInt64(size))
            #expect(try pull.tryReceive()?.firstFrame.array == body(1, size))
            #expect(try pull.tryReceive() == nil)
        }
    }

    @Test func aSmallerOneLiesInTheQueueItself() async throws {
        try await withPair { pull, push async throws in
            let size = SendSide.copiedFirst - 1
            #expect(try send(1, size, over: push))
            #expect(try pieces(of: push) == [])
            #expect(try pull.tryReceive()?.firstFrame.array == body(1, size))
        }
    }

    @Test func nothingIsCopiedForAFullQueueOrNobody() async throws {
        try await withPair { pull, push async throws in
            #expect(try copies(push))
            #expect(try send(1, over: push) && send(2, over: push))
            #expect(try copies(push) == false)
            #expect(try send(3, over: push) == false)
            for number in UInt8(1)...2 {
                let size = SendSide.copiedFirst
                #expect(try pull.tryReceive()?.firstFrame.array == body(number, size))
            }
            #expect(try pull.tryReceive() == nil)
            #expect(try copies(push))
            _ = await pull.close()
            #expect(try copies(push) == false)
            _ = await push.close()
            #expect(try copies(push) == false)
        }
    }

    @Test func aPeerOverAWireTakesTheBytesAsTheyAre() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context)
            try push.connect("tcp://127.0.0.1:1")
            #expect(try queues(of: push).count == 1 && copies(push) == false)
        }
    }

    @Test func whoFiltersCopiesNothing() async throws {
        try await withTestContext { context in
            let subscriber = try SubscriberSocket(context)
            let publisher = try PublisherSocket(context)
            try publisher.bind("inproc://filtered")
            try subscriber.subscribe("wanted")
            try subscriber.connect("inproc://filtered")
            #expect(try copies(publisher) == false)
        }
    }

    private func copies(_ socket: some SendingSocket) throws -> Bool {
        let side = try #require(socket.core.sendSide)
        return body(0, SendSide.copiedFirst).withUnsafeBytes { side.copyForReceiver($0) } != nil
    }
}
