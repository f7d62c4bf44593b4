import Testing

@testable import ZeroMQ

@Suite struct StrideTests {
    /// Fetches messages one by one until the receiver is to wait; returns how often. The wait then
    /// brings `gathered`.
    private func fetchesUntilWait(_ stride: inout Stride, gathered: Int) -> Int {
        for count in 0..<100_000 {
            if stride.begin() {
                stride.noteFetch(of: gathered)
                return count
            }
            stride.noteFetch(of: 15)
        }
        return .max
    }

    @Test func eightFetchesOfFewMessagesAreAHabit() {
        var stride = Stride()
        #expect(fetchesUntilWait(&stride, gathered: 4) == 8)
    }

    @Test func whatGathersIsWaitedForTwiceAsSoon() {
        var stride = Stride()
        let waits = (0..<6).map { _ in fetchesUntilWait(&stride, gathered: 4) }
        #expect(waits == [8, 4, 2, 1, 1, 1])
    }

    @Test func aWaitInVainComesHalfAsOften() {
        var stride = Stride()
        let waits = (0..<12).map { _ in fetchesUntilWait(&stride, gathered: 3) }
        #expect(waits == [8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 4096, 4096])
    }

    @Test(arguments: [0, 16, 1000]) func nothingOrManyIsNoHabit(messages: Int) {
        var stride = Stride()
        for number in 1...1000 {
            let waits = stride.begin()
            #expect(!waits)
            stride.noteFetch(of: number % 8 == 0 ? messages : 1)
        }
    }

    /// A receiver with a habit still sees every message, in order.
    @Test func nothingIsLostInStep() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try pull.bind("inproc://stride")
            try push.connect("inproc://stride")
            for number in 0..<1000 {
                for copy in 0..<2 { #expect(try push.trySend(Message("\(number) \(copy)"))) }
                for copy in 0..<2 {
                    #expect(try pull.tryReceive()?.firstFrame.string == "\(number) \(copy)")
                }
            }
            #expect(try pull.tryReceive() == nil)
        }
    }
}
