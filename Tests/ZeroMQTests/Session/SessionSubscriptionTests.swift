import Testing

@testable import ZeroMQ

struct SessionSubscriptionTests {
    private static let publishers: [SocketType] = [.publisher, .xPublisher]

    private func opening(_ type: SocketType, minor: UInt8 = 1) -> [UInt8] {
        WireBytes.opening(to: type, minor: minor)
    }

    private func subscribe(_ topic: [UInt8]) -> [UInt8] { WireBytes.command("SUBSCRIBE", topic) }

    private func violation(_ error: WireError) -> SessionFailure.Code { .protocolViolation(error) }

    @Test(arguments: publishers)
    func BI_S1_emptyTopic(type: SocketType) {
        let input =
            opening(type) + subscribe([]) + WireBytes.command("CANCEL") + [0, 1, 1] + [0, 1, 0]
        let transcript = observe(.of(type), input)
        #expect(
            transcript.observations.suffix(4) == [
                .subscribed([]), .cancelled([]), .subscribed([]), .cancelled([]),
            ])
        #expect(transcript.messages == 0)
    }

    @Test(arguments: publishers)
    func BI_S2_cancelOfAnUnknownTopicIsPassedOn(type: SocketType) {
        let transcript = observe(.of(type), opening(type) + WireBytes.command("CANCEL", [9]))
        #expect(transcript.observations.last == .cancelled([9]))
    }

    @Test(arguments: publishers, [0, 1] as [UInt8])
    func S4_bothFormsFromAnyPeer(type: SocketType, minor: UInt8) {
        let input =
            opening(type, minor: minor) + [0, 3, 1, 7, 8] + subscribe([7, 8]) + [0, 3, 0, 7, 8]
            + WireBytes.command("CANCEL", [7, 8]) + WireBytes.long(0, [1, 9])
        let transcript = observe(.of(type), input)
        #expect(
            transcript.observations.suffix(5) == [
                .subscribed([7, 8]), .subscribed([7, 8]), .cancelled([7, 8]), .cancelled([7, 8]),
                .subscribed([9]),
            ])
    }

    @Test func BI_S4_otherMessagesToPublisherAreDropped() {
        let few = SessionConfiguration.of(.publisher) { $0.limits.maxRefusals = 3 }
        let start = opening(.publisher)
        let others = [0, 2, 2, 1] + [0, 0] + WireBytes.message("hello")
        let transcript = observe(few, start + others)
        #expect(transcript.refused == [.message, .message, .message])
        #expect(observe(few, start + others + [0, 0]).code == violation(.tooManyRefusals))
    }

    @Test func BI_S4_otherMessagesToXPublisherArePassed() {
        let input =
            opening(.xPublisher) + [0, 2, 2, 1] + [0, 0] + [0, 1, 1] + WireBytes.message("m")
        let transcript = observe(.of(.xPublisher), input)
        #expect(
            transcript.observations.suffix(4) == [
                .frame([2, 1], more: false), .frame([], more: false), .subscribed([]),
                .frame(Array("m".utf8), more: false),
            ])
        #expect(transcript.messages == 3)
    }

    @Test func S6_messagesOfSeveralFramesAreNoSubscriptions() {
        let multi = WireBytes.frame(1, [1, 65]) + WireBytes.frame(0, [1, 66])
        let passed = observe(.of(.xPublisher), opening(.xPublisher) + multi)
        #expect(passed.frames == [[1, 65], [1, 66]])
        #expect(passed.messages == 1)
        let dropped = observe(.of(.publisher), opening(.publisher) + multi + subscribe([1]))
        #expect(dropped.observations.suffix(2) == [.refused(.message), .subscribed([1])])
    }

    @Test(arguments: publishers)
    func F5_pingBetweenFramesOfAMessageToPublishers(type: SocketType) {
        let input =
            opening(type) + WireBytes.frame(1, [5]) + WireBytes.ping() + WireBytes.frame(0, [1])
            + [0, 1, 1]
        let transcript = observe(.of(type), input)
        #expect(transcript.observations.last == .subscribed([]))
        #expect(transcript.sent.count == 2)
    }

    @Test func largeMessagesToXPublisherAreAnnounced() {
        let small = SessionConfiguration.of(.xPublisher) { $0.largeFrameThreshold = 4 }
        let body: [UInt8] = [9, 1, 2, 3, 4, 5]
        let input =
            opening(.xPublisher) + WireBytes.frame(1, body) + WireBytes.frame(0, body)
            + WireBytes.long(0, body)
        #expect(observe(small, input).frames == [body, body, body])
        var driver = SessionDriver(small)
        driver.receive(opening(.xPublisher) + WireBytes.frame(0, body).dropLast(3))
        let waiting = driver.session.finishLargeBody()
        #expect(waiting == 1)
    }

    @Test func largeSubscriptionsAreAwaitedWhole() {
        let small = SessionConfiguration.of(.publisher) { $0.largeFrameThreshold = 4 }
        let topic: [UInt8] = [1, 2, 3, 4, 5, 6, 7]
        let input = opening(.publisher) + WireBytes.frame(0, [1] + topic) + subscribe(topic)
        let transcript = observe(small, input)
        #expect(transcript.observations.suffix(2) == [.subscribed(topic), .subscribed(topic)])
    }

    @Test(arguments: publishers)
    func BI_S6_topicAtTheLimitAndOneMore(type: SocketType) {
        let small = SessionConfiguration.of(type) { $0.limits.maxTopicSize = 5 }
        let five: [UInt8] = [1, 2, 3, 4, 5]
        for good in [subscribe(five), WireBytes.command("CANCEL", five), [0, 6, 1] + five] {
            #expect(observe(small, opening(type) + good).failure == nil)
        }
        let six = five + [6]
        for bad in [subscribe(six), WireBytes.command("CANCEL", six), [0, 7, 1], [0, 7, 0]] {
            #expect(observe(small, opening(type) + bad).code == violation(.topicTooLong))
        }
    }

    @Test(arguments: publishers)
    func BI_S6_topicAtTheDefaultLimitAndOneMore(type: SocketType) {
        let topic = [UInt8](repeating: 7, count: 64 << 10)
        let old = WireBytes.frame(0, [1] + topic)
        let good = run(.of(type), [opening(type) + subscribe(topic) + old])
        #expect(good.observations.suffix(2) == [.subscribed(topic), .subscribed(topic)])
        let command = run(.of(type), [opening(type) + subscribe(topic + [7])])
        #expect(command.code == violation(.topicTooLong))
        let message = run(.of(type), [opening(type) + WireBytes.longHeader(0, 65_538) + [1]])
        #expect(message.code == violation(.topicTooLong))
    }

    @Test func BI_S6_sixteenMegabytesAreRefusedByTheHeader() {
        let input = opening(.publisher) + WireBytes.longHeader(4, 16 << 20)
        let code = violation(.commandTooLarge(announced: 16 << 20))
        #expect(observe(.of(.publisher), input).code == code)
    }

    @Test(arguments: [.pull, .router, .dealer, .subscriber, .xSubscriber, .push] as [SocketType])
    func BI_S9_subscriptionsToSocketsThatPublishNothing(type: SocketType) {
        let few = SessionConfiguration.of(type) { $0.limits.maxRefusals = 2 }
        let two = opening(type) + subscribe([1]) + WireBytes.command("CANCEL", [1])
        #expect(observe(few, two).refused == [.subscription, .subscription])
        #expect(observe(few, two + subscribe([])).code == violation(.tooManyRefusals))
    }

    @Test func oldStyleMessagesAreOrdinaryToOtherSockets() {
        let transcript = observe(.of(.pull), opening(.pull) + [0, 2, 1, 65])
        #expect(transcript.frames == [[1, 65]])
    }

    // MARK: What we send

    private func encode(
        _ topic: [UInt8], _ subscribe: Bool, minor: UInt8, established: Bool = true
    ) -> [UInt8] {
        var driver = SessionDriver(.of(.subscriber))
        if established { driver.receive(opening(.subscriber, minor: minor)) }
        var output: [UInt8] = [0xEE]
        topic.withUnsafeBytes {
            driver.session.encodeSubscription($0, subscribe: subscribe, into: &output)
        }
        return Array(output.dropFirst())
    }

    @Test(arguments: [0, 1, 2, 244, 245, 246, 254, 255, 256, 1000])
    func S3_theFormThePeerUnderstands(size: Int) {
        let topic = (0..<size).map { UInt8($0 % 256) }
        #expect(encode(topic, true, minor: 1) == WireBytes.command("SUBSCRIBE", topic))
        #expect(encode(topic, false, minor: 1) == WireBytes.command("CANCEL", topic))
        #expect(encode(topic, true, minor: 0) == WireBytes.frame(0, [1] + topic))
        #expect(encode(topic, false, minor: 0) == WireBytes.frame(0, [0] + topic))
    }

    @Test func subscriptionsBeforeTheHandshakeAreNotEncoded() {
        #expect(encode([1], true, minor: 1, established: false) == [])
    }

    @Test(arguments: [0, 1] as [UInt8], [0, 1, 253, 254, 255, 8191, 8192, 8193, 65_536])
    func S3_ourOwnPublisherUnderstandsBothForms(minor: UInt8, size: Int) {
        let topic = (0..<size).map { UInt8($0 % 256) }
        let input =
            opening(.publisher) + encode(topic, true, minor: minor)
            + encode(topic, false, minor: minor)
        let transcript = run(.of(.publisher), [input])
        #expect(transcript.observations.suffix(2) == [.subscribed(topic), .cancelled(topic)])
    }
}
