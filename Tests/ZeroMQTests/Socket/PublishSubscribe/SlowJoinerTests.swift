import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct SlowJoinerTests {
    @Test(arguments: TestTransport.allCases, [true, false])
    func S17_BI_R34_nothingIsLostAfterWaitingForSubscribers(
        _ transport: TestTransport, _ publisherBinds: Bool
    ) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(
                context, options: options { $0.sendHighWaterMark = 0 })
            var subscribers: [SubscriberSocket] = []
            let endpoint = publisherBinds ? try publisher.bind(transport.freshEndpoint) : ""
            for _ in 0..<3 {
                let subscriber = try SubscriberSocket(context)
                try subscriber.subscribe("")
                if publisherBinds {
                    try subscriber.connect(endpoint)
                } else {
                    try publisher.connect(try subscriber.bind(transport.freshEndpoint))
                }
                subscribers.append(subscriber)
            }
            try await publisher.waitForSubscribers(3, timeout: .seconds(15))
            #expect(publisher.subscriberCount == 3)
            for index in 0..<500 { try await publisher.send("\(index)".message) }
            for subscriber in subscribers {
                #expect(try await subscriber.nextTexts(500) == (0..<500).map(String.init))
            }
        }
    }

    @Test func S17_waitingEndsByTimeCancellationAndClose() async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let code = await thrownCode {
                try await publisher.waitForSubscribers(timeout: .milliseconds(10))
            }
            #expect(code == .timedOut)
            let cancelled = Task { await thrownCode { try await publisher.waitForSubscribers() } }
            let closed = Task { await thrownCode { try await publisher.waitForSubscribers(7) } }
            try await eventually("both wait") { publisher.waitingSenders == 2 }
            cancelled.cancel()
            #expect(await cancelled.value == .cancelled)
            await publisher.close()
            #expect(await closed.value == .closed)
        }
    }

    @Test func S17_theCountFollowsTheSubscribers() async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            #expect(publisher.subscriberCount == 0)
            let first = try await RawPeer.connect(endpoint, as: "SUB")
            try await first.subscribe("a")
            try await first.subscribe("b")
            try await eventually("one") { publisher.subscriberCount == 1 }
            let second = try await RawPeer.connect(endpoint, as: "SUB")
            try await second.subscribe("a")
            try await eventually("two") { publisher.subscriberCount == 2 }
            try await first.command("CANCEL", [0x61])
            try await first.command("CANCEL", [0x62])
            try await eventually("one again") { publisher.subscriberCount == 1 }
            second.close()
            try await eventually("none") { publisher.subscriberCount == 0 }
        }
    }
}
