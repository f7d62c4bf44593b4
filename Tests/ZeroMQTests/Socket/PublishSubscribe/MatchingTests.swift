import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct MatchingTests {
    @Test(arguments: TestTransport.allCases)
    func S1_aSubscriptionIsAPrefixOfTheFirstFrame(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let subscriber = try SubscriberSocket(context)
            try subscriber.subscribe("ab")
            try await link(publisher, subscriber, over: transport)
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            for topic in ["a", "ab", "b", "", "abc", "aB", "xab", "ab\u{0}"] {
                try await publisher.send([Frame(topic), "body"])
            }
            #expect(try await subscriber.next() == ["ab", "body"])
            #expect(try await subscriber.next() == ["abc", "body"])
            #expect(try await subscriber.next() == ["ab\u{0}", "body"])
            #expect(try subscriber.tryReceive() == nil)
            // What nobody wants never travels, rather than being filtered on arrival.
            #expect(subscriber.statistics.totalDropped == 0)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S1_theEmptySubscriptionMatchesAll(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let subscriber = try SubscriberSocket(context)
            try subscriber.subscribe("")
            try await link(publisher, subscriber, over: transport)
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            let messages: [Message] = [
                "", "a", ["", "body"], Message([0]), Message([1, 2]), Message(bulk),
            ]
            for message in messages { try await publisher.send(message) }
            for message in messages { #expect(try await subscriber.next() == message) }
        }
    }

    @Test func S1_withoutASubscriptionNothingComes() async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let without = try SubscriberSocket(context)
            let with = try SubscriberSocket(context)
            try with.subscribe("")
            let endpoint = try await link(publisher, without, over: .tcp)
            try await join(with, to: publisher, at: endpoint)
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            try await publisher.send("x")
            #expect(try await with.next() == "x")
            #expect(without.statistics.bytesReceived == 0)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S15_theTopicIsInTheFirstFrameOnly(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let subscriber = try SubscriberSocket(context)
            try subscriber.subscribe("topic")
            try await link(publisher, subscriber, over: transport)
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            try await publisher.send(["other", "topic"])
            try await publisher.send(["top", "ic"])
            try await publisher.send(["topic", "one", "two"])
            #expect(try await subscriber.next() == ["topic", "one", "two"])
        }
    }

    // MARK: Counting

    @Test(arguments: TestTransport.allCases)
    func S2_subscriptionsCountAndThePublisherHearsOfFirstAndLast(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let subscriber = try SubscriberSocket(context)
            try await link(publisher, subscriber, over: transport)
            try subscriber.subscribe("a")
            try subscriber.subscribe("a")
            #expect(try await publisher.next().array == [1, 0x61])
            try subscriber.unsubscribe("a")
            try subscriber.subscribe("marker")
            #expect(try await publisher.next().array == [1] + Array("marker".utf8))
            try await publisher.send("still wanted? a".message)
            try await publisher.send("a is")
            #expect(try await subscriber.next() == "a is")
            try subscriber.unsubscribe("a")
            #expect(try await publisher.next().array == [0, 0x61])
            try await publisher.send("a was")
            try await publisher.send("marker")
            #expect(try await subscriber.next() == "marker")
            // One too many does no harm.
            try subscriber.unsubscribe("a")
            try subscriber.subscribe("a")
            #expect(try await publisher.next().array == [1, 0x61])
        }
    }

    /// What an XPUB shows when two peers subscribe to a topic and take it back.
    private func notices(_ options: SocketOptions, _ transport: TestTransport) async throws
        -> [[UInt8]]
    {
        var seen: [[UInt8]] = []
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context, options: options)
            var subscribers: [SubscriberSocket] = []
            let endpoint = try publisher.bind(transport.freshEndpoint)
            for _ in 0..<2 {
                let subscriber = try SubscriberSocket(context)
                try await join(subscriber, to: publisher, at: endpoint)
                subscribers.append(subscriber)
            }
            func marker(_ index: Int, _ name: String) async throws {
                // Topics changed together may be told in any order; but behind the second marker
                // everything from before the first has been handled.
                for name in [name, name + "+"] {
                    try subscribers[index].subscribe(name)
                    while true {
                        let notice = try await publisher.next().array
                        if notice == [1] + Array(name.utf8) { break }
                        seen.append(notice)
                    }
                }
            }
            for index in 0..<2 {
                try subscribers[index].subscribe("t")
                try await marker(index, "m\(index)")
            }
            for index in 0..<2 {
                try subscribers[index].unsubscribe("t")
                try await marker(index, "n\(index)")
            }
        }
        return seen
    }

    @Test(arguments: TestTransport.allCases)
    func S2_twoPeersAreShownAsOneUnlessVerbose(_ transport: TestTransport) async throws {
        let plain = try await notices(options { _ in }, transport)
        #expect(plain == [[1, 0x74], [0, 0x74]])
        let verbose = try await notices(options { $0.xpubVerbose = true }, transport)
        #expect(verbose == [[1, 0x74], [1, 0x74], [0, 0x74]])
        let verboser = try await notices(options { $0.xpubVerboser = true }, transport)
        #expect(verboser == [[1, 0x74], [1, 0x74], [0, 0x74], [0, 0x74]])
    }

    // MARK: The subscriber's own filter

    @Test(arguments: TestTransport.wired)
    func S13_whatThePublisherDoesNotFilterTheSubscriberDoes(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let subscriber = try SubscriberSocket(context)
            try subscriber.subscribe("want")
            let endpoint = try subscriber.bind(transport.freshEndpoint)
            let publisher = try await RawPeer.connect(endpoint, as: "PUB")
            try await publisher.send(["unwanted", "want"])
            try await publisher.send(["wanted", "body"])
            #expect(try await subscriber.next() == ["wanted", "body"])
            #expect(subscriber.dropped(.unexpected) == 1)
        }
    }

    @Test func S13_anXSubscriberTakesWhatComes() async throws {
        try await withTestContext { context in
            let subscriber = try XSubscriberSocket(context)
            let endpoint = try subscriber.bind("tcp://127.0.0.1:*")
            let publisher = try await RawPeer.connect(endpoint, as: "PUB")
            try await publisher.send(["anything"])
            #expect(try await subscriber.next() == "anything")
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S13_invertedMatchingDeliversTheRest(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let inverted = options { $0.invertMatching = true }
            let publisher = try PublisherSocket(context, options: inverted)
            let subscriber = try SubscriberSocket(context, options: inverted)
            try subscriber.subscribe("no")
            try await link(publisher, subscriber, over: transport)
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            try await publisher.send("not this")
            try await publisher.send("but this")
            #expect(try await subscriber.next() == "but this")
            #expect(try subscriber.tryReceive() == nil)
        }
    }
}
