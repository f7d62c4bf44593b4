import Testing

@testable import ZeroMQ

/// Systems that take a send as a whole: of one that is cut short nobody knows what has arrived.
@Suite struct WholeSendTests {
    /// Some of what was under way has arrived when the connection breaks; the next connection must
    /// not bring it again.
    @Test(arguments: [false, true], [1, 700, 3000])
    func whatAFailedSendCarriedIsNotSentAgain(_ takesSendsWhole: Bool, size: Int) throws {
        let world = SimulatedWorld(takesSendsWhole ? .completing : SimulatedFaults())
        let push = try PushSocket(world.context, options: .with { $0.sendHighWaterMark = 0 })
        let pull = try PullSocket(
            world.context,
            options: .with {
                $0.receiveHighWaterMark = 5
                $0.receiveByteLimit = 65_536
            })
        try world.link(pull, push)
        let count = 400_000 / (size + 4)
        for number in 0..<count {
            let body = Array("\(number) ".utf8) + [UInt8](repeating: 0x2E, count: size)
            #expect(try push.trySend(Message(body)))
        }
        // As much as fits arrives, and the rest of the send waits for room.
        world.pass(.milliseconds(100))
        #expect(pull.unreadMessages > 0)
        let stream = try #require(world.network.streams.last)
        world.network.reset(stream)
        var numbers: [Int] = []
        func take() throws {
            for message in try pull.takeAll() {
                let text = message.string?.split(separator: " ").first
                numbers.append(try #require(text.flatMap { Int($0) }))
            }
        }
        try world.run(for: .seconds(60), "all that is left has arrived") {
            try take()
            return push.statistics.connections > 1 && push.unsentMessages == 0
        }
        world.pass(.seconds(1))
        try take()
        #expect(!numbers.isEmpty)
        // In order, none twice.
        let isAscending = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        #expect(isAscending)
        let known = UInt64(numbers.count) + pull.statistics.totalDropped
        #expect(known + push.statistics.totalDropped <= UInt64(count) + 1)
        #expect(push.statistics.messagesSent == UInt64(count))
    }

    @Test func aSendIsNoLargerThanTheLimit() throws {
        let world = SimulatedWorld(.completing)
        let push = try PushSocket(world.context)
        let pull = try PullSocket(world.context)
        try world.link(pull, push)
        // Four sends of a MiB and a little one: each has an outcome of its own.
        let body = [UInt8](repeating: 7, count: 4 << 20)
        #expect(try push.trySend(Message(body)))
        var message: Message?
        try world.run(for: .seconds(60)) {
            message = try message ?? pull.tryReceive()
            return message != nil
        }
        #expect(message?.first?.array == body)
        #expect(push.statistics.totalDropped == 0)
    }
}
