import Testing

@testable import ZeroMQ

@Suite struct InprocCreditTests {
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
}
