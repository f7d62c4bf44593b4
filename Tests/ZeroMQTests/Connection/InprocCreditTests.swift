import Testing

@testable import ZeroMQ

@Suite struct InprocCreditTests {
    @Test func bytesThatArriveAreCounted() async throws {
        try await withTestContext { context in
            let push = try PushSocket(context)
            let pull = try PullSocket(context)
            try pull.bind("inproc://bytes")
            try push.connect("inproc://bytes")
            // With their headers, as they would come over a wire.
            for _ in 0..<3 { #expect(try push.trySend("0123456789")) }
            #expect(try push.trySend(Message([UInt8](repeating: 1, count: 1000))))
            for _ in 0..<4 { #expect(try pull.tryReceive() != nil) }
            #expect(pull.statistics.bytesReceived == 3 * 12 + 1009)
            // And what comes with the end of the link.
            #expect(try push.trySend("last"))
            await push.close()
            #expect(pull.statistics.bytesReceived == 3 * 12 + 1009 + 6)
        }
    }

    @Test(arguments: [true, false])
    func reportsFollowTheHighWaterMarks(senderIsLast: Bool) async throws {
        try await withTestContext { context in
            let wide = options {
                $0.sendHighWaterMark = 100
                $0.receiveHighWaterMark = 100
            }
            let push = try PushSocket(context, options: wide)
            let pull = try PullSocket(context, options: wide)
            try pull.bind("inproc://credit")
            try push.connect("inproc://credit")
            for _ in 0..<40 { #expect(try push.trySend("x")) }
            for _ in 0..<21 { #expect(try pull.tryReceive() != nil) }
            if !senderIsLast { try push.updateOptions { $0.sendHighWaterMark = 5 } }
            try pull.updateOptions { $0.receiveHighWaterMark = 5 }
            if senderIsLast { try push.updateOptions { $0.sendHighWaterMark = 5 } }
            #expect(try !push.trySend("over the marks"))
            for _ in 0..<19 { #expect(try pull.tryReceive() != nil) }
            // All is consumed; nobody has asked for more.
            #expect(try push.trySend("room"))
        }
    }

    /// The sender has not sent them, though they came from it: its subscriptions.
    @Test func noticesMakeNoRoomForMessages() async throws {
        try await withTestContext { context in
            let narrow = options {
                $0.sendHighWaterMark = 10
                $0.receiveHighWaterMark = 10
            }
            let publisher = try XPublisherSocket(context, options: narrow)
            let subscriber = try XSubscriberSocket(context, options: narrow)
            try publisher.bind("inproc://notices")
            try subscriber.connect("inproc://notices")
            for round in 0..<3 {
                for topic in 0..<50 { try subscriber.subscribe("\(round) \(topic)") }
                for _ in 0..<50 { #expect(try publisher.tryReceive() != nil) }
                for _ in 0..<30 { _ = try subscriber.trySend("upstream") }
                var received = 0
                while try publisher.tryReceive() != nil { received += 1 }
                #expect(received == 20)
            }
        }
    }
}
