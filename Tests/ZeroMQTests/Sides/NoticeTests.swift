import Testing

@testable import ZeroMQ

/// What XPUB and STREAM show among the messages, though no peer sent it as one.
@Suite(.timeLimit(.minutes(1))) struct NoticeTests {
    private static func side(limit: Int = .max) -> (side: ReceiveSide, pipe: InboundPipe) {
        let side = ReceiveSide(
            strategy: PlainReceive(), conflates: false, slots: SlotPool(), holdsCrowds: false)
        let pipe = InboundPipe(slot: 0, highWaterMark: .max, byteLimit: limit)
        side.attach(pipe)
        return (side, pipe)
    }

    private static func received(_ side: ReceiveSide) throws -> [[UInt8]] {
        var all: [[UInt8]] = []
        var message = Message()
        while try side.tryReceive(into: &message) {
            all.append(message.withUnsafeBytes(Array.init))
        }
        return all
    }

    @Test func noticesOfAllSizesArriveInTheirOrder() throws {
        let (side, pipe) = Self.side()
        let sizes = [0, 1, 255, 256, 4_000, 4_096, 65_536, 100_000, 3, 0]
        let bodies = (0..<20).flatMap { round in
            sizes.map { [UInt8](repeating: UInt8(round), count: $0) }
        }
        for body in bodies { #expect(side.deliverNotice(body, to: pipe)) }
        #expect(pipe.queuedMessages == bodies.count)
        #expect(try Self.received(side) == bodies)
        #expect(pipe.queuedBytes == 0)
    }

    @Test(arguments: [1, 10, 1_000, 50_000])
    func aBatchIsShownWhole(_ count: Int) throws {
        let (side, pipe) = Self.side()
        let batch = NoticeBatch(pool: ChunkPool())
        let bodies = (0..<count).map { Array("\($0)".utf8) }
        for body in bodies { batch.add(body) }
        #expect(batch.count == count && batch.lost == 0)
        #expect(side.deliverNotice([1], to: pipe))
        side.deliver(batch, to: pipe)
        #expect(side.deliverNotice([2], to: pipe))
        #expect(try Self.received(side) == [[1]] + bodies + [[2]])
    }

    /// Its slot may be another peer's by then, who did not ask for anything.
    @Test func whoHasGoneIsNotThePeerOfTheLastNotice() throws {
        let strategy = PlainReceive()
        let side = ReceiveSide(
            strategy: strategy, conflates: false, slots: SlotPool(), holdsCrowds: false)
        let pipe = InboundPipe(slot: 0, highWaterMark: .max)
        side.attach(pipe)
        for topic in 0..<3 { #expect(side.deliverNotice([1, UInt8(topic)], to: pipe)) }
        var message = Message()
        #expect(try side.tryReceive(into: &message))
        #expect(strategy.lastSlot == 0)
        side.detach(pipe)
        #expect(strategy.lastSlot == PlainReceive.gone)
        for _ in 0..<2 {
            #expect(try side.tryReceive(into: &message))
            #expect(strategy.lastSlot == PlainReceive.gone)
        }
    }

    /// A peer may subscribe and cancel for ever while nobody reads of it.
    @Test func BI_S8_unreadNoticesAreDroppedBeyondTheByteLimit() throws {
        let (side, pipe) = Self.side(limit: 1_000)
        for _ in 0..<10_000 { #expect(side.deliverNotice([1, 65, 66], to: pipe)) }
        // Five bytes each: at the limit, and none above it.
        #expect(pipe.queuedMessages == 200)
        #expect(side.lock.withLock { side.counters.dropped.byReason[.highWaterMark] } == 9_800)
        #expect(try Self.received(side).count == 200)
        #expect(side.deliverNotice([0, 65, 66], to: pipe))
        #expect(try Self.received(side) == [[0, 65, 66]])
    }
}
