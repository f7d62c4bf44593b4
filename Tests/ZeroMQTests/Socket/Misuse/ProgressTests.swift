import Testing

@testable import ZeroMQ

/// Nobody waits for what cannot come any more, or has come already.
@Suite(.timeLimit(.minutes(1))) struct ProgressTests {
    /// The peer goes while what is queued for it still has time to leave: there may be another
    /// connection, but the time stays what it was.
    @Test(arguments: [true, false])
    func K8_lingerEndsInTimeWhenThePeerGoesMeanwhile(_ isBack: Bool) async throws {
        try await withTestContext { context in
            var listener: RawListener? = try RawListener()
            let dealer = try DealerSocket(
                context,
                options: options {
                    $0.sendBuffer = 8192
                    $0.reconnectInterval = .milliseconds(5)
                })
            try dealer.connect(try #require(listener).endpoint)
            let peer = try await #require(listener).accept(as: "ROUTER", receiveBuffer: 8192)
            try await eventually("it is there") { dealer.statistics.connections == 1 }
            _ = try await dealer.fill(with: Message(bulk))
            let closing = Task { await dealer.close(linger: .seconds(1)) }
            try await eventually("the connection is closing") { dealer.isWithdrawn }
            if !isBack { listener = nil }
            peer.reset()
            let report = await closing.value
            #expect(report.discarded > 0)
            _ = listener
        }
    }

    @Test func I4_anInprocQueueFullOfBytesHasRoomOnceTheyAreFetched() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: options { $0.sendByteLimit = 1 << 20 })
            let pull = try PullSocket(context)
            try await link(pull, push, over: .inproc)
            let count = try await push.fill(with: Message(bulk))
            #expect(count == 8)
            #expect(try pull.tryReceive() == Message(bulk))
            #expect(try push.trySend("more"))
        }
    }

    @Test func I11_aSubscriberThatCancelsHoldsNobodyUp() async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(
                context,
                options: options {
                    $0.xpubNoDrop = true
                    $0.sendHighWaterMark = 4
                    $0.sendBuffer = 8192
                })
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let slow = try await RawPeer.connect(endpoint, as: "SUB", receiveBuffer: 8192)
            let other = try await RawPeer.connect(endpoint, as: "SUB")
            try await slow.subscribe("slow")
            try await slow.subscribe("all")
            try await other.subscribe("all")
            try await publisher.waitForSubscribers(2)
            try await eventually("both are known") { publisher.subscribers(of: "all") == 2 }
            _ = try await publisher.fill(with: Message(["slow", bulk]))
            let waiting = Task { try await publisher.send("all") }
            try await eventually("the sender waits") { publisher.waitingSenders == 1 }
            try await slow.command("CANCEL", Array("all".utf8))
            try await waiting.value
            #expect(try await other.receiveTexts() == ["all"])
        }
    }

    /// A cancelled receive that has yet to run takes nothing from one that waits.
    @Test(arguments: TestTransport.allCases)
    func X3_aCancelledReceiveLeavesTheMessageToWhoWaits(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let spare = try Context()
            let thread = spare.ioThreads[0]
            let gate = ThreadParker()
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try await link(pull, push, over: transport)
            let fickle = Task(executorPreference: thread) { try? await pull.receive() }
            try await eventually("the first waits") { pull.waitingReceivers == 1 }
            let steady = Task { try? await pull.next() }
            try await eventually("both wait") { pull.waitingReceivers == 2 }
            // Whatever the first does from here on, it does after the message has come.
            thread.post { _ = gate.park() }
            fickle.cancel()
            try await push.send("for the steady")
            try await eventually("the first was signalled") { pull.waitingReceivers < 2 }
            gate.unpark()
            #expect(await fickle.value == nil)
            #expect(await steady.value == "for the steady")
            await spare.shutdown()
        }
    }

    @Test func O4_conflationKeepsTheNewestWhateverTheMark() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(
                context,
                options: options {
                    $0.conflate = true
                    $0.receiveHighWaterMark = 1
                })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "PUSH")
            for (index, text) in ["one", "two", "three"].enumerated() {
                try await peer.send([text])
                try await eventually("\(text) has come") {
                    pull.dropped(.conflated) == UInt64(index) && pull.unreadMessages == 1
                }
            }
            #expect(try await pull.next() == "three")
        }
    }
}

extension ZeroMQSocket {
    /// Whether all peers are out of rotation.
    fileprivate var isWithdrawn: Bool {
        guard let side = core.sendSide else { return true }
        return side.lock.withLock {
            var isWithdrawn = true
            side.pipes.forEach { isWithdrawn = isWithdrawn && $0.isWithdrawn }
            return isWithdrawn
        }
    }
}

extension XPublisherSocket {
    /// How many peers hold subscriptions that match `topic`.
    fileprivate func subscribers(of topic: String) -> Int {
        guard case .publisher(let fanOut) = core.pattern, let side = core.sendSide else { return 0 }
        return side.lock.withLock {
            var count = 0
            Array(topic.utf8).withUnsafeBytes { fanOut.trie.forEachMatch($0) { _ in count += 1 } }
            return count
        }
    }
}
