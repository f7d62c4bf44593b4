import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct DropTests {
    private let small = options {
        $0.sendHighWaterMark = 3
        $0.receiveHighWaterMark = 3
        $0.sendBuffer = 8192
        $0.receiveBuffer = 8192
    }

    /// A publisher with one subscriber that does not read and one that does.
    private func pair(
        _ context: Context, _ transport: TestTransport, _ options: SocketOptions
    ) async throws -> (XPublisherSocket, stuck: SubscriberSocket, quick: SubscriberSocket) {
        let publisher = try XPublisherSocket(context, options: options)
        let stuck = try SubscriberSocket(context, options: small)
        let quick = try SubscriberSocket(context, options: small)
        try stuck.subscribe("")
        try quick.subscribe("")
        let endpoint = try await link(publisher, stuck, over: transport)
        try await join(quick, to: publisher, at: endpoint)
        try await publisher.waitForSubscribers(2, timeout: .seconds(15))
        return (publisher, stuck, quick)
    }

    @Test(arguments: TestTransport.allCases)
    func S7_aFullSubscriberLosesTheNewMessageAloneAndWhole(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let (publisher, stuck, quick) = try await pair(context, transport, small)
            var sent = 0
            while publisher.dropped(.highWaterMark) < 5, sent < 2000 {
                let message: Message = [Frame("\(sent)"), bulk, "end"]
                #expect(try publisher.trySend(message))
                // The other is not delayed, and misses nothing.
                #expect(try await quick.next() == message)
                sent += 1
            }
            #expect(publisher.dropped(.highWaterMark) == 5)
            var last = -1
            for _ in 0..<sent - 5 {
                let message = try await stuck.next()
                #expect(message.count == 3 && message[1] == bulk && message[2] == "end")
                let number = try #require(Int(message.string ?? ""))
                #expect(number > last)
                // The oldest stay, the newest go.
                if number < sent - 20 { #expect(number == last + 1) }
                last = number
            }
            #expect(try stuck.tryReceive() == nil)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S8_S9_aPublisherNeverBlocksWhileASubscriberDoesNotReceive(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context, options: small)
            let subscriber = try SubscriberSocket(context, options: small)
            try subscriber.subscribe("")
            try await link(publisher, subscriber, over: transport)
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            for index in 0..<500 { #expect(try publisher.trySend([Frame("\(index)"), bulk])) }
            let lost = publisher.dropped(.highWaterMark)
            #expect(lost > 0)
            // What was not dropped by the publisher is delivered: the subscriber itself drops
            // nothing.
            for _ in 0..<500 - lost { #expect(try await subscriber.next()[1] == bulk) }
            #expect(subscriber.statistics.totalDropped == 0)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S8_withNoDropASendWaitsAndThenNobodyHasTheMessage(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            var noDrop = small
            noDrop.xpubNoDrop = true
            let (publisher, stuck, quick) = try await pair(context, transport, noDrop)
            let draining = Task {
                var seen: [String] = []
                while let message = try? await quick.receive(), message != "end" {
                    seen.append(message.string ?? "?")
                }
                return seen
            }
            var accepted: [String] = []
            var refusals = 0
            while refusals < 50, accepted.count < 2000 {
                let text = "\(accepted.count)"
                if try publisher.trySend([Frame(text), bulk]) {
                    accepted.append(text)
                    refusals = 0
                } else {
                    refusals += 1
                    await Task.yield()
                }
            }
            #expect(refusals == 50)
            async let end: Void = publisher.send("end")
            for text in accepted { #expect(try await stuck.next().string == text) }
            try await end
            #expect(try await stuck.next() == "end")
            #expect(await draining.value == accepted)
            #expect(publisher.statistics.totalDropped == 0)
        }
    }

    @Test(arguments: TestTransport.wired)
    func S9_passingOverUnwantedMessagesResumesEveryPublisher(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let subscriber = try SubscriberSocket(
                context, options: options { $0.receiveHighWaterMark = 1 })
            try subscriber.subscribe("unwanted soon")
            try subscriber.subscribe("wanted")
            let endpoint = try subscriber.bind(transport.freshEndpoint)
            var peers: [RawPeer] = []
            for _ in 0..<3 {
                let peer = try await RawPeer.connect(endpoint, as: "PUB")
                try await peer.send(["unwanted soon"])
                peers.append(peer)
            }
            // Reading from all of them has paused.
            try await eventually("all have arrived") { subscriber.unreadMessages == 3 }
            try subscriber.unsubscribe("unwanted soon")
            #expect(try subscriber.tryReceive() == nil)
            #expect(subscriber.dropped(.unexpected) == 3)
            for (index, peer) in peers.enumerated() {
                try await peer.send(["wanted", "\(index)"])
                #expect(try await subscriber.next() == ["wanted", Frame("\(index)")])
            }
        }
    }

    // MARK: Conflate

    @Test(arguments: TestTransport.allCases)
    func S19_conflateKeepsTheLastMessageWhole(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let push = try PushSocket(context)
            let pull = try PullSocket(context, options: options { $0.conflate = true })
            try await link(pull, push, over: transport)
            for index in 0..<100 { try await push.send([Frame("\(index)"), "middle", "end"]) }
            if transport != .inproc {
                let bytes = (0..<100).reduce(UInt64(0)) { $0 + UInt64("\($1)".utf8.count) + 15 }
                try await eventually("all have arrived") { pull.statistics.bytesReceived == bytes }
                #expect(pull.unreadMessages == 1)
            }
            #expect(try await pull.next() == ["99", "middle", "end"])
            #expect(try pull.tryReceive() == nil)
            #expect(pull.dropped(.conflated) == 99)
        }
    }

    @Test func S19_theSenderConflatesWhatWaitsForAPeer() async throws {
        try await withTestContext { context in
            let endpoint = try await TestTransport.tcp.reservedEndpoint(context)
            let push = try PushSocket(
                context,
                options: options {
                    $0.conflate = true
                    $0.reconnectInterval = .milliseconds(10)
                })
            try push.connect(endpoint)
            for index in 0..<100 { try await push.send([Frame("\(index)"), "end"]) }
            #expect(push.unsentMessages == 1)
            #expect(push.dropped(.conflated) == 99)
            let pull = try PullSocket(context)
            try pull.bind(endpoint)
            #expect(try await pull.next() == ["99", "end"])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S19_aConflatingSubscriberSeesTheNewest(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let subscriber = try SubscriberSocket(context, options: options { $0.conflate = true })
            let all = try SubscriberSocket(context)
            try subscriber.subscribe("")
            try all.subscribe("")
            let endpoint = try await link(publisher, subscriber, over: transport)
            try await join(all, to: publisher, at: endpoint)
            try await publisher.waitForSubscribers(2, timeout: .seconds(15))
            for index in 0..<50 { try await publisher.send("\(index)".message) }
            #expect(try await all.nextTexts(50).last == "49")
            try await eventually("the newest is there") {
                while let message = try subscriber.tryReceive() {
                    if message == "49" { return true }
                }
                return false
            }
        }
    }

    @Test func S19_aConflatingQueueIsNeverFull() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let push = try PushSocket(context, options: Self.narrow)
            try push.connect(listener.endpoint)
            let peer = try await listener.accept(as: "PULL", receiveBuffer: 4096)
            // The peer does not read: what the kernel does not take waits, and is replaced.
            let count = 400
            for index in 0..<count { #expect(try push.trySend([Frame("\(index)"), bulk])) }
            #expect(push.dropped(.conflated) > 0)
            try push.updateOptions { $0.sendHighWaterMark = 2 }
            #expect(try push.trySend("newest"))
            while true {
                let first = try await peer.receive()[0]
                if first == Array("newest".utf8) { break }
            }
        }
    }

    @Test(arguments: [true, false])
    func S19_aConflatingInprocQueueIsNeverFull(_ pullBinds: Bool) async throws {
        try await withTestContext { context in
            let push = try PushSocket(context, options: Self.narrow)
            let pull = try PullSocket(context, options: options { $0.receiveHighWaterMark = 1 })
            if pullBinds {
                try await link(pull, push, over: .inproc)
            } else {
                try await link(push, pull, over: .inproc)
            }
            for index in 0..<100 { #expect(try push.trySend("\(index)".message)) }
            #expect(try await pull.next() == "99")
            for index in 100..<200 { #expect(try push.trySend("\(index)".message)) }
            #expect(try await pull.next() == "199")
            #expect(push.dropped(.conflated) == 198)
        }
    }

    @Test func S19_aConflatingPublisherDropsNothingNewer() async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context, options: Self.narrow)
            let subscriber = try SubscriberSocket(context)
            try subscriber.subscribe("")
            try await link(publisher, subscriber, over: .inproc)
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            for index in 0..<100 { try await publisher.send("\(index)".message) }
            #expect(try await subscriber.next() == "99")
            #expect(publisher.dropped(.highWaterMark) == 0)
            #expect(publisher.dropped(.conflated) == 99)
        }
    }

    @Test func S19_conflationKeepsTheBeginningOfALargeMessage() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context, options: options { $0.conflate = true })
            let endpoint = try pull.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "PUSH")
            let body = [UInt8](repeating: 0xFF, count: 100_000)
            let bytes = RawPeer.message([Array("small".utf8)]) + RawPeer.message([body])
            // Its header comes with the message before, its body when that has been delivered.
            try await peer.write(Array(bytes.prefix(30_000)))
            try await eventually("the small one is there") { pull.unreadMessages == 1 }
            try await peer.write(Array(bytes.dropFirst(30_000)))
            try await eventually("it was replaced") { pull.dropped(.conflated) == 1 }
            #expect(try await pull.next().array == body)
        }
    }

    private static let narrow = options {
        $0.conflate = true
        $0.sendHighWaterMark = 1
        $0.sendBuffer = 4096
    }
}
