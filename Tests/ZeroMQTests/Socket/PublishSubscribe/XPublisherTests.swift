import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct XPublisherTests {
    @Test(arguments: TestTransport.allCases)
    func S12_aLostSubscribersTopicsAreReportedUnlessOthersHoldThem(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let leaving = try SubscriberSocket(context)
            let staying = try SubscriberSocket(context)
            for topic in ["mine", "ours", "mine too"] { try leaving.subscribe(topic) }
            try staying.subscribe("ours")
            let endpoint = try await link(publisher, leaving, over: transport)
            try await join(staying, to: publisher, at: endpoint)
            var held: Set<String> = []
            for _ in 0..<3 {
                let notice = try await publisher.next().array
                #expect(notice.first == 1)
                held.insert(String(decoding: notice.dropFirst(), as: UTF8.self))
            }
            #expect(held == ["mine", "ours", "mine too"])
            try await publisher.waitForSubscribers(2, timeout: .seconds(15))
            await leaving.close(linger: .zero)
            var gone: Set<String> = []
            for _ in 0..<2 {
                let notice = try await publisher.next().array
                #expect(notice.first == 0)
                gone.insert(String(decoding: notice.dropFirst(), as: UTF8.self))
            }
            #expect(gone == ["mine", "mine too"])
            #expect(publisher.subscriberCount == 1)
            #expect(try publisher.tryReceive() == nil)
        }
    }

    @Test func S12_alsoWhenAConnectedSubscriberIsLost() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let publisher = try XPublisherSocket(
                context, options: options { $0.reconnectInterval = .milliseconds(10) })
            try publisher.connect(listener.endpoint)
            for _ in 0..<2 {
                let peer = try await listener.accept(as: "SUB")
                try await peer.subscribe("t")
                #expect(try await publisher.next().array == [1, 0x74])
                peer.close()
                #expect(try await publisher.next().array == [0, 0x74])
            }
        }
    }

    @Test func S12_noticesNeverMixWithAnUnfinishedMessage() async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "XSUB")
            try await peer.subscribe("t")
            #expect(try await publisher.next().array == [1, 0x74])
            try await peer.write(
                RawPeer.message([Array("whole".utf8)]) + RawPeer.frame(Array("part".utf8), flags: 1)
            )
            try await eventually("the message is there") { publisher.unreadMessages == 1 }
            peer.close()
            try await eventually("the peer is gone") { publisher.statistics.peers == 0 }
            #expect(try await publisher.next() == "whole")
            #expect(try await publisher.next() == Message([0, 0x74]))
            #expect(publisher.dropped(.truncated) == 1)
        }
    }

    @Test func S6_messagesAndSubscriptionsOfAPeerKeepTheirOrder() async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "XSUB", minor: 0)
            try await peer.write(
                RawPeer.message([Array("one".utf8)]) + RawPeer.message([[1, 0x74]])
                    + RawPeer.message([Array("two".utf8), Array("three".utf8)])
                    + RawPeer.message([[0, 0x74]]) + RawPeer.message([Array("four".utf8)]))
            #expect(try await publisher.next() == "one")
            #expect(try await publisher.next() == Message([1, 0x74]))
            #expect(try await publisher.next() == ["two", "three"])
            #expect(try await publisher.next() == Message([0, 0x74]))
            #expect(try await publisher.next() == "four")
        }
    }

    @Test func S6_aSubscriptionInsideAMessageDoesNotBreakTheMessage() async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "XSUB")
            let subscribe = RawPeer.frame([9] + Array("SUBSCRIBEt".utf8), flags: 4)
            try await peer.write(
                RawPeer.message([Array("whole".utf8)]) + RawPeer.frame([1, 2], flags: 1) + subscribe
                    + RawPeer.frame([3], flags: 0) + RawPeer.message([Array("end".utf8)]))
            var seen: [Message] = []
            while seen.last != "end" { seen.append(try await publisher.next()) }
            #expect(seen.filter { $0.array != [1, 0x74] } == ["whole", [[1, 2], [3]], "end"])
        }
    }

    // MARK: Welcome

    @Test(arguments: TestTransport.allCases)
    func S14_theWelcomeMessageGreetsEverySubscriber(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(
                context, options: options { $0.xpubWelcomeMessage = Array("Welcome".utf8) })
            let endpoint = try publisher.bind(transport.freshEndpoint)
            for _ in 0..<2 {
                let subscriber = try SubscriberSocket(context)
                try subscriber.subscribe("W")
                try await join(subscriber, to: publisher, at: endpoint)
                #expect(try await subscriber.next() == "Welcome")
            }
            // The publisher filters nothing: no subscription is needed.
            let bare = try XSubscriberSocket(context)
            try await join(bare, to: publisher, at: endpoint)
            #expect(try await bare.next() == "Welcome")
        }
    }

    @Test func S14_aConnectingPublisherWelcomesEachNewConnection() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let publisher = try XPublisherSocket(
                context,
                options: options {
                    $0.xpubWelcomeMessage = Array("Welcome".utf8)
                    $0.reconnectInterval = .milliseconds(10)
                })
            try publisher.connect(listener.endpoint)
            for _ in 0..<3 {
                let peer = try await listener.accept(as: "SUB")
                #expect(try await peer.receiveTexts() == ["Welcome"])
                peer.close()
            }
        }
    }

    // MARK: Manual

    @Test(arguments: TestTransport.allCases)
    func S14_manualSubscriptionsApplyToThePeerReadLast(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(
                context, options: options { $0.xpubManual = true })
            #expect(await thrownCode { try publisher.confirmSubscription([0x61]) } == .wrongState)
            let endpoint = try publisher.bind(transport.freshEndpoint)
            var subscribers: [XSubscriberSocket] = []
            for name in ["a", "b"] {
                let subscriber = try XSubscriberSocket(context)
                try await join(subscriber, to: publisher, at: endpoint)
                try subscriber.subscribe(name)
                #expect(try await publisher.next().array == [1] + Array(name.utf8))
                // The application gives something else than was asked for.
                try publisher.confirmSubscription(Array("for \(name)".utf8))
                subscribers.append(subscriber)
            }
            try await publisher.send("a")
            try await publisher.send("for b")
            try await publisher.send("for a")
            #expect(try await subscribers[0].next() == "for a")
            #expect(try await subscribers[1].next() == "for b")
            try subscribers[0].unsubscribe("a")
            #expect(try await publisher.next().array == [0, 0x61])
            try publisher.confirmCancellation(Array("for a".utf8))
            #expect(publisher.subscriberCount == 1)
            #expect(try subscribers[0].tryReceive() == nil)
        }
    }

    @Test func S14_manualConfirmationForAPeerThatHasGoneIsHarmless() async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(
                context, options: options { $0.xpubManual = true })
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB")
            try await peer.subscribe("t")
            #expect(try await publisher.next().array == [1, 0x74])
            peer.close()
            try await eventually("it is gone") { publisher.statistics.peers == 0 }
            try publisher.confirmSubscription([0x74])
            #expect(publisher.subscriberCount == 0)
            // Nor does the next peer inherit it.
            let other = try await RawPeer.connect(endpoint, as: "SUB")
            try await eventually("another is there") { publisher.statistics.peers == 1 }
            #expect(publisher.subscriberCount == 0)
            other.close()
        }
    }
}
