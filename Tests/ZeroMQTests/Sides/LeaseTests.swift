import Testing

@testable import ZeroMQ

/// Messages that the thread which received last takes without the lock.
@Suite(.timeLimit(.minutes(1)), .serialized) struct LeaseTests {
    /// A receiving half with a queue that is filled by hand.
    final class Fixture: @unchecked Sendable {
        // Unchecked: what it holds guards itself.
        let side: ReceiveSide
        let pipes: [InboundPipe]
        private var next = 0

        init(
            peers: Int = 1, highWaterMark: Int = .max,
            strategy: any ReceiveStrategy = PlainReceive()
        ) {
            side = ReceiveSide(strategy: strategy, conflates: false, slots: SlotPool())
            pipes = (0..<peers).map { InboundPipe(slot: $0, highWaterMark: highWaterMark) }
            for pipe in pipes { side.attach(pipe) }
        }

        var pipe: InboundPipe { pipes[0] }
        var leased: Int { side.lease.share.queuedMessages }

        /// Delivers numbered messages in one segment, as one read would bring them.
        func deliver(_ count: Int, to pipe: InboundPipe? = nil) {
            deliver(wire((next..<next + count).map { Message("\($0)") }), messages: count, to: pipe)
            next += count
        }

        /// Delivers bytes that hold so many messages; returns what keeps them in memory.
        @discardableResult
        func deliver(
            _ bytes: [UInt8], messages: Int, endsMessage: Bool = true, to pipe: InboundPipe? = nil
        ) -> FrameStorage {
            let block = bytes.withUnsafeBytes { FrameStorage.make(copying: $0) }
            var segments = SegmentQueue()
            segments.append(
                Segment(
                    retaining: block, base: UnsafeRawPointer(block.base), count: bytes.count,
                    messages: messages, endsMessage: endsMessage))
            _ = side.deliver(
                &segments, messages: messages, bytes: bytes.count, to: pipe ?? self.pipe)
            return block
        }

        /// Where the strategy filters.
        func subscribe(_ topic: String) throws {
            try #require(side.strategy as? FilteredReceive).subscribe(Array(topic.utf8), in: side)
        }

        func unsubscribe(_ topic: String) {
            (side.strategy as? FilteredReceive)?.unsubscribe(Array(topic.utf8), in: side)
        }

        /// Takes up to `count` messages; their numbers.
        func take(_ count: Int = .max) throws -> [Int] {
            var numbers: [Int] = []
            var message = Message()
            while numbers.count < count, try side.tryReceive(into: &message) {
                numbers.append(message.string.flatMap { Int($0) } ?? -1)
            }
            return numbers
        }
    }

    private let canLease: Bool

    init() {
        LeaseFence.prepare()
        canLease = LeaseFence.isThere
    }

    @Test func aStreamIsLeasedAndComesInOrder() throws {
        let fixture = Fixture()
        for round in 0..<3 {
            fixture.deliver(100)
            fixture.deliver(100)
            #expect(try fixture.take(1) == [round * 200])
            #expect(fixture.leased == (canLease ? 64 : 0))
            #expect(try fixture.take() == Array(round * 200 + 1..<round * 200 + 200))
        }
        #expect(fixture.side.countersNow.messages == 600)
    }

    @Test func whatIsLeasedIsCountedWhenItIsTaken() throws {
        let fixture = Fixture()
        fixture.deliver(99)
        for taken in stride(from: 3, through: 99, by: 3) {
            #expect(try fixture.take(3) == [taken - 3, taken - 2, taken - 1])
            #expect(fixture.side.countersNow.messages == UInt64(taken))
        }
    }

    @Test func anotherThreadGoesOnWhereTheHolderWas() throws {
        let fixture = Fixture()
        fixture.deliver(100)
        #expect(try fixture.take(10) == Array(0..<10))
        #expect(try aside { try fixture.take(10) } == Array(10..<20))
        #expect(try fixture.take(10) == Array(20..<30))
        #expect(try aside { try fixture.take() } == Array(30..<100))
        #expect(try fixture.take() == [])
    }

    @Test func fewMessagesAreNotLeased() throws {
        let fixture = Fixture()
        fixture.deliver(9)
        #expect(try fixture.take(1) == [0])
        #expect(fixture.leased == 0)
        #expect(try fixture.take() == [1, 2, 3, 4, 5, 6, 7, 8])
    }

    /// By its taking the queue runs empty, and much is to be done then.
    @Test func theLastMessageIsNotLeased() throws {
        let fixture = Fixture()
        fixture.deliver(10)
        #expect(try fixture.take(1) == [0])
        #expect(fixture.leased == (canLease ? 8 : 0))
    }

    /// Limits see what is leased as queued, which is an eighth of the mark at most.
    @Test(arguments: [(63, 0), (64, 8), (160, 20), (Int.max, 64)])
    func smallMarksAreKept(_ mark: Int, _ leased: Int) throws {
        let fixture = Fixture(highWaterMark: mark)
        fixture.deliver(100)
        #expect(try fixture.take(1) == [0])
        #expect(fixture.leased == (canLease ? leased : 0))
        #expect(try fixture.take(4).count == 4)
        #expect(fixture.pipe.queuedMessages == (leased > 0 && canLease ? 99 : 95))
        #expect(fixture.side.countersNow.messages == 5)
        #expect(fixture.pipe.queuedMessages == 95)
    }

    /// The reader hears of room, be it once the lease has ended.
    @Test func aPausedReaderGoesOnWhenThereIsRoom() throws {
        let driver = HandDriver()
        let fixture = Fixture(highWaterMark: 160)
        fixture.pipe.driver = driver
        fixture.deliver(640)
        #expect(fixture.pipe.isPaused)
        #expect(try fixture.take(1) == [0])
        #expect(fixture.leased == (canLease ? 20 : 0))
        #expect(try fixture.take(79).count == 79)
        #expect(driver.drained == 0)
        #expect(try fixture.take(4).count == 4)
        #expect(driver.drained == (canLease ? 0 : 1))
        #expect(try fixture.take(1) == [84])
        #expect(driver.drained == 1 && !fixture.pipe.isPaused)
    }

    @Test func severalPeersAreHeardInTurn() throws {
        let fixture = Fixture(peers: 2)
        fixture.deliver(100)
        fixture.deliver(100, to: fixture.pipes[1])
        let numbers = try fixture.take()
        #expect(numbers == (0..<100).flatMap { [$0, $0 + 100] })
    }

    /// A subscription that is taken back is heard of no more, in the middle of a lease as well.
    @Test func whatIsNotWantedIsPassedOverAndCounted() throws {
        let fixture = Fixture(strategy: FilteredReceive(invertsMatching: false))
        for digit in 1...3 { try fixture.subscribe("\(digit)") }
        fixture.deliver(100)
        #expect(try fixture.take(4) == [1, 2, 3, 10])
        fixture.unsubscribe("1")
        #expect(fixture.side.countersNow.messages == 4)
        #expect(fixture.side.countersNow.dropped.byReason[.unexpected] == 7)
        #expect(try fixture.take(5) == Array(20..<25))
        try aside { fixture.unsubscribe("2") }
        #expect(try fixture.take() == Array(30..<40))
        #expect(fixture.side.countersNow.messages == 19)
        #expect(fixture.side.countersNow.dropped.byReason[.unexpected] == 81)
    }

    /// Who wants everything has nothing looked at, until that is taken back.
    @Test func everythingTakenBackIsEverythingNoMore() throws {
        let fixture = Fixture(strategy: FilteredReceive(invertsMatching: false))
        for topic in ["", "", "1"] { try fixture.subscribe(topic) }
        fixture.deliver(100)
        #expect(try fixture.take(3) == [0, 1, 2])
        fixture.unsubscribe("")
        #expect(try fixture.take(3) == [3, 4, 5])
        try aside { fixture.unsubscribe("") }
        #expect(try fixture.take(2) == [10, 11])
        try fixture.subscribe("")
        #expect(try fixture.take() == Array(12..<100))
        #expect(fixture.side.countersNow.messages == 96)
        #expect(fixture.side.countersNow.dropped.byReason[.unexpected] == 4)
    }

    @Test func everythingInvertedIsNothing() throws {
        let fixture = Fixture(strategy: FilteredReceive(invertsMatching: true))
        fixture.deliver(30)
        #expect(try fixture.take(2) == [0, 1])
        try fixture.subscribe("")
        #expect(try fixture.take() == [])
        #expect(fixture.side.countersNow.dropped.byReason[.unexpected] == 28)
    }

    @Test func whatIsInvertedIsPassedOverInALeaseToo() throws {
        let fixture = Fixture(strategy: FilteredReceive(invertsMatching: true))
        try fixture.subscribe("1")
        fixture.deliver(30)
        #expect(try fixture.take() == [0] + Array(2..<10) + Array(20..<30))
        #expect(fixture.side.countersNow.dropped.byReason[.unexpected] == 11)
    }

    /// Who waits is woken for messages, and finds them.
    @Test func nothingIsLeasedWhileSomebodyWaits() throws {
        let fixture = Fixture()
        let waiters = (0..<200).map { _ in Waiter(parker: ThreadParker()) }
        for waiter in waiters { fixture.side.enqueue(waiter) }
        fixture.deliver(100)
        #expect(try fixture.take(1) == [0])
        #expect(fixture.leased == 0)
        for waiter in waiters { fixture.side.leave(waiter) }
    }

    @Test func whatAPeerLeavesBehindIsTakenToTheEnd() throws {
        let fixture = Fixture()
        fixture.deliver(100)
        #expect(try fixture.take(1) == [0])
        fixture.side.detach(fixture.pipe)
        #expect(try fixture.take() == Array(1..<100))
    }

    /// A message whose end never came is no message, and no part of a lease.
    @Test func aCutMessageIsNotLeased() throws {
        let fixture = Fixture()
        let whole = wire((0..<20).map { Message("\($0)") })
        fixture.deliver(whole + [1, 1, 65], messages: 20, endsMessage: false)
        #expect(try fixture.take(5) == Array(0..<5))
        fixture.side.interrupt(fixture.pipe)
        #expect(try fixture.take() == Array(5..<20))
    }

    @Test func closingCountsWhatWasLeased() throws {
        let fixture = Fixture()
        fixture.deliver(100)
        fixture.deliver(10)
        #expect(try fixture.take(5) == Array(0..<5))
        fixture.side.refuse(with: .closed)
        #expect(throws: ZeroMQError.self) { try fixture.take(1) }
        #expect(fixture.side.discardAll() == 105)
        #expect(fixture.side.countersNow.messages == 5)
        #expect(fixture.side.countersNow.dropped.byReason[.socketClosed] == 105)
    }

    @Test func refusingEndsTheLeaseOfAnotherThread() throws {
        let fixture = Fixture()
        fixture.deliver(100)
        #expect(try fixture.take(5).count == 5)
        try aside { fixture.side.refuse(with: .closed) }
        #expect(throws: ZeroMQError.self) { try fixture.take(1) }
    }

    @Test func messagesOfAllShapesComeOutOfALease() throws {
        let fixture = Fixture()
        let messages = (0..<60).map { number in
            Message(
                (0...number % 4).map { frame in
                    Frame(
                        [UInt8](
                            repeating: UInt8(number),
                            count: [0, 1, 64, 65, 5_000][(number + frame) % 5]))
                })
        }
        fixture.deliver(wire(messages), messages: 60)
        var received = Message()
        for message in messages {
            #expect(try fixture.side.tryReceive(into: &received))
            let isSame = received == message
            #expect(isSame)
        }
        #expect(try fixture.take() == [])
    }

    /// The queue's memory is not kept by a lease that has run out.
    @Test func nothingStaysBehindWhenAllIsTaken() throws {
        let fixture = Fixture()
        weak var block: FrameStorage?
        let bytes = wire((0..<10).map { Message("\($0)") })
        block = fixture.deliver(bytes, messages: 10)
        #expect(block != nil)
        #expect(try fixture.take() == Array(0..<10))
        #expect(block == nil)
    }

    @Test(arguments: [2, 3, 8]) func manyThreadsTakeEachMessageOnce(_ threads: Int) async throws {
        let fixture = Fixture()
        let total = 18_000
        let taken = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<threads {
                group.addTask {
                    try await offThread {
                        var mine: [Int] = []
                        while mine.last.map({ $0 < total - threads }) ?? true {
                            mine += try fixture.take(500)
                            if fixture.side.countersNow.messages >= total { break }
                        }
                        return mine
                    }
                }
            }
            group.addTask {
                try await offThread {
                    for _ in 0..<total / 60 { fixture.deliver(60) }
                    return []
                }
            }
            var all: [[Int]] = []
            for try await part in group { all.append(part) }
            return all
        }
        // Not the numbers themselves, which would be printed.
        let isInOrder = taken.allSatisfy { zip($0, $0.dropFirst()).allSatisfy { $0 < $1 } }
        #expect(isInOrder)
        let areAll = taken.flatMap { $0 }.sorted().elementsEqual(0..<total)
        #expect(areAll)
    }

    /// A program may forbid itself calls of the system when it has begun.
    @Test(arguments: [true, false]) func withoutABarrierNothingIsLeased(_ returns: Bool) throws {
        var fences = 0
        LeaseFence.pass(
            by: {
                fences += 1
                return returns && fences == 2
            }, prepare: { returns })
        #expect(fences == (returns ? 2 : 1))
        #expect(LeaseFence.isThere == (returns && canLease))
        let fixture = Fixture()
        fixture.deliver(100)
        #expect(try fixture.take(1) == [0])
        #expect(fixture.leased == (returns && canLease ? 64 : 0))
        #expect(try fixture.take().count == 99)
        LeaseFence.prepare()
    }

    @Test func aSecondPeerIsHeardWhenTheLeaseEnds() throws {
        let fixture = Fixture()
        fixture.deliver(200)
        #expect(try fixture.take(1) == [0])
        let other = InboundPipe(slot: 1, highWaterMark: .max)
        fixture.side.attach(other)
        fixture.deliver(1, to: other)
        let numbers = try fixture.take()
        #expect(numbers.firstIndex(of: 200).map { $0 <= 65 } == true)
    }

    /// The receivers look at nothing but what they take.
    @Test func twoThreadsInTurnLoseNothing() async throws {
        let fixture = Fixture()
        for _ in 0..<200 { fixture.deliver(100) }
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try await offThread {
                        var count = 0
                        while true {
                            let part = try fixture.take(10).count
                            if part == 0 { return count }
                            count += part
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts.reduce(0, +) == 20_000)
        #expect(fixture.side.countersNow.messages == 20_000)
    }

    /// Statistics are asked for, and the socket is closed, while the holder takes.
    @Test func lookingAndClosingInTheMiddleOfAStream() async throws {
        for _ in 0..<20 {
            let fixture = Fixture()
            for _ in 0..<100 { fixture.deliver(60) }
            async let taken = offThread { () -> Int in
                var count = 0
                do {
                    while true { count += try fixture.take(1).count }
                } catch {
                    return count
                }
            }
            let lost = try await offThread { () -> Int in
                for _ in 0..<50 { _ = fixture.side.countersNow }
                fixture.side.refuse(with: .closed)
                return fixture.side.discardAll()
            }
            let count = try await taken
            #expect(count + lost == 6_000)
            #expect(fixture.side.countersNow.messages == UInt64(count))
        }
    }
}
