import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct SubscriptionFormTests {
    private static func command(_ name: String, _ topic: String) -> RawPeer.WireFrame {
        RawPeer.WireFrame(
            flags: 4, body: [UInt8(name.utf8.count)] + Array(name.utf8) + Array(topic.utf8))
    }

    @Test func S3_toMinor1SubscriptionsAreCommands() async throws {
        try await withTestContext { context in
            let subscriber = try SubscriberSocket(context)
            let endpoint = try subscriber.bind("tcp://127.0.0.1:*")
            let publisher = try await RawPeer.connect(endpoint, as: "PUB", minor: 1)
            try subscriber.subscribe("topic")
            #expect(try await publisher.readFrame() == Self.command("SUBSCRIBE", "topic"))
            try subscriber.unsubscribe("topic")
            #expect(try await publisher.readFrame() == Self.command("CANCEL", "topic"))
            try subscriber.subscribe("")
            #expect(try await publisher.readFrame() == Self.command("SUBSCRIBE", ""))
        }
    }

    @Test func S3_toMinor0TheyAreMessages() async throws {
        try await withTestContext { context in
            let subscriber = try SubscriberSocket(context)
            let endpoint = try subscriber.bind("tcp://127.0.0.1:*")
            let publisher = try await RawPeer.connect(endpoint, as: "PUB", minor: 0)
            try subscriber.subscribe("topic")
            let on = RawPeer.WireFrame(flags: 0, body: [1] + Array("topic".utf8))
            #expect(try await publisher.readFrame() == on)
            try subscriber.unsubscribe("topic")
            let off = RawPeer.WireFrame(flags: 0, body: [0] + Array("topic".utf8))
            #expect(try await publisher.readFrame() == off)
        }
    }

    @Test(arguments: [UInt8(0), 1], [true, false])
    func S4_BI_S3_bothFormsAreAcceptedFromAnyPeer(_ minor: UInt8, _ asCommand: Bool) async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB", minor: minor)
            if asCommand {
                try await peer.subscribe("topic")
            } else {
                try await peer.send(bytes: [[1] + Array("topic".utf8)])
            }
            #expect(try await publisher.next().array == [1] + Array("topic".utf8))
            try await publisher.send(["topic", "body"])
            #expect(try await peer.receiveTexts() == ["topic", "body"])
            if asCommand {
                try await peer.command("CANCEL", Array("topic".utf8))
            } else {
                try await peer.send(bytes: [[0] + Array("topic".utf8)])
            }
            #expect(try await publisher.next().array == [0] + Array("topic".utf8))
            #expect(publisher.subscriberCount == 0)
        }
    }

    @Test func S5_aPeerOfMinor0PublishesAndSubscribesLikeAnyOther() async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let subscriber = try SubscriberSocket(context)
            try subscriber.subscribe("news")
            let oldSubscriber = try await RawPeer.connect(
                try publisher.bind("tcp://127.0.0.1:*"), as: "SUB", minor: 0)
            try await oldSubscriber.send(bytes: [[1] + Array("news".utf8)])
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            try await publisher.send(["olds", "no"])
            try await publisher.send(["news", "yes"])
            #expect(try await oldSubscriber.receiveTexts() == ["news", "yes"])
            let oldPublisher = try await RawPeer.connect(
                try subscriber.bind("tcp://127.0.0.1:*"), as: "PUB", minor: 0)
            #expect(try await oldPublisher.receive() == [[1] + Array("news".utf8)])
            try await oldPublisher.send(["news", "old but good"])
            #expect(try await subscriber.next() == ["news", "old but good"])
        }
    }

    @Test func BI_S2_cancellingAnUnknownTopicIsIgnored() async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB")
            try await peer.command("CANCEL", Array("unknown".utf8))
            try await peer.subscribe("known")
            #expect(try await publisher.next().array == [1] + Array("known".utf8))
        }
    }

    // MARK: Messages of subscribers

    @Test func S6_aPublisherDiscardsWhatIsNoSubscription() async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "XSUB")
            for _ in 0..<10 { try await peer.send(["hello", "there"]) }
            try await peer.send([""])
            try await peer.subscribe("t")
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            #expect(publisher.dropped(.notAccepted) == 11)
            try await publisher.send("t")
            #expect(try await peer.receiveTexts() == ["t"])
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S6_S16_anXPublisherDeliversThemAndAnXSubscriberSendsToAll(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let subscriber = try XSubscriberSocket(context)
            var publishers: [XPublisherSocket] = []
            for _ in 0..<2 {
                let publisher = try XPublisherSocket(context)
                try await link(publisher, subscriber, over: transport)
                publishers.append(publisher)
            }
            try await subscriber.send(["hello", "all"])
            try await subscriber.send("")
            try await subscriber.send([2, 3])
            for publisher in publishers {
                #expect(try await publisher.next() == ["hello", "all"])
                #expect(try await publisher.next() == "")
                #expect(try await publisher.next().array == [2, 3])
            }
        }
    }

    @Test(arguments: TestTransport.allCases)
    func S16_anXSubscriberSubscribesByMessage(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let subscriber = try XSubscriberSocket(context)
            try await link(publisher, subscriber, over: transport)
            try await subscriber.send([1] + Array("topic".utf8))
            #expect(try await publisher.next().array == [1] + Array("topic".utf8))
            try await publisher.send(["topic", "body"])
            #expect(try await subscriber.next() == ["topic", "body"])
            try await subscriber.send([0] + Array("topic".utf8))
            #expect(try await publisher.next().array == [0] + Array("topic".utf8))
        }
    }

    @Test func S16_subscriptionsByMessageAreStateToo() async throws {
        try await withTestContext { context in
            let subscriber = try XSubscriberSocket(context)
            try await subscriber.send([1] + Array("early".utf8))
            // Whoever comes later hears of it.
            let endpoint = try subscriber.bind("tcp://127.0.0.1:*")
            for _ in 0..<2 {
                let publisher = try await RawPeer.connect(endpoint, as: "PUB", minor: 0)
                #expect(try await publisher.receive() == [[1] + Array("early".utf8)])
            }
        }
    }
}
