import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct HostileSubscriberTests {
    /// Whether an honest subscriber is served.
    private func serves(_ publisher: PublisherSocket, _ endpoint: String) async throws {
        let before = publisher.subscriberCount
        let honest = try await RawPeer.connect(endpoint, as: "SUB")
        try await honest.subscribe("honest")
        try await publisher.waitForSubscribers(before + 1, timeout: .seconds(15))
        try await publisher.send(["honest", "work"])
        #expect(try await honest.receiveTexts() == ["honest", "work"])
        honest.close()
        try await eventually("it has left") { publisher.subscriberCount == before }
    }

    @Test(arguments: [1, 10_000, 65_536], [true, false])
    func S18_BI_S6_longTopicsAreTakenAndLetGo(_ length: Int, _ cancels: Bool) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB")
            let topic = [UInt8](repeating: 0x61, count: length)
            try await peer.command("SUBSCRIBE", topic)
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            try await publisher.send(Message([Frame(topic), "x"]))
            #expect(try await peer.receive().first == topic)
            if cancels {
                try await peer.command("CANCEL", topic)
            } else {
                peer.close()
            }
            try await eventually("it is forgotten") { publisher.subscriberCount == 0 }
            try await serves(publisher, endpoint)
        }
    }

    @Test(arguments: [true, false])
    func S18_BI_S6_aLongerTopicEndsTheConnection(_ asCommand: Bool) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB")
            let topic = [UInt8](repeating: 0x61, count: 65_537)
            // The connection may end while this is being written.
            if asCommand {
                try? await peer.command("SUBSCRIBE", topic)
            } else {
                try? await peer.send(bytes: [[1] + topic])
            }
            try await peer.waitUntilClosed()
            try await serves(publisher, endpoint)
        }
    }

    /// libzmq drops subscriptions beyond its high-water mark and cancels them nevertheless.
    @Test(arguments: [true, false])
    func cancellationsOfUnknownTopicsAreCountedButHarmless(_ asCommand: Bool) async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB")
            let cancel: [UInt8] =
                asCommand ? [4, 8, 6] + Array("CANCELx".utf8) : [0, 2, 0] + Array("x".utf8)
            try await peer.write([[UInt8]](repeating: cancel, count: 5000).flatMap { $0 })
            try await peer.subscribe("known")
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            #expect(publisher.statistics.ignoredFrames == 5000)
            try await publisher.send("known")
            #expect(try await peer.receiveTexts() == ["known"])
            try await serves(publisher, endpoint)
        }
    }

    @Test func S18_BI_S5_oneTopicTooManyEndsTheConnection() async throws {
        try await withTestContext { context in
            let publisher = try XPublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB")
            var bytes: [UInt8] = []
            for index in 0..<100_000 {
                bytes += [0, 5, 1] + RawPeer.bigEndian(UInt32(index))
            }
            try await peer.write(bytes)
            for index in 0..<100_000 {
                guard try await publisher.next().array == [1] + RawPeer.bigEndian(UInt32(index))
                else {
                    Issue.record("the topic \(index) is missing")
                    return
                }
            }
            // So far is allowed.
            try await publisher.send(RawPeer.bigEndian(UInt32(99_999)))
            #expect(try await peer.receive() == [RawPeer.bigEndian(UInt32(99_999))])
            try await peer.write([0, 5, 1] + RawPeer.bigEndian(UInt32(100_000)))
            try await peer.waitUntilClosed()
            try await eventually("it is forgotten") { publisher.subscriberCount == 0 }
        }
    }

    @Test func S18_BI_S7_theSameTopicOverAndOver() async throws {
        try await withTestContext { context in
            let publisher = try PublisherSocket(context)
            let endpoint = try publisher.bind("tcp://127.0.0.1:*")
            let peer = try await RawPeer.connect(endpoint, as: "SUB")
            let one: [UInt8] = [0, 2, 1, 0x61]
            let many = Array(repeatElement(one, count: 200_000).joined())
            try await peer.write(many)
            try await peer.subscribe("end")
            try await publisher.waitForSubscribers(timeout: .seconds(15))
            try await serves(publisher, endpoint)
            peer.close()
            try await eventually("it is forgotten") { publisher.subscriberCount == 0 }
        }
    }
}
