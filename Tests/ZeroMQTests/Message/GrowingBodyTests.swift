import Testing

@testable import ZeroMQ

@Suite struct GrowingBodyTests {
    private let pool = ChunkPool()

    @Test func F8_memoryFollowsWhatArrivesNotWhatWasAnnounced() {
        var body = GrowingBody(length: 1 << 40, pool: pool)
        let first = body.space()
        #expect((first?.count ?? 0) <= 68 * 1024)
        body.advance(10_000)
        let second = body.space()
        #expect((second?.count ?? 0) <= 2 * (2 * 10_000 + 64 * 1024))
    }

    @Test(arguments: [1, 100, 65_536, 65_537, 1_000_003])
    func theBytesArriveInOrder(_ length: Int) {
        var body = GrowingBody(length: length, pool: pool)
        var next: UInt8 = 0
        var step = 1
        while !body.isComplete {
            guard let space = body.space() else { break }
            let count = min(step, space.count)
            for index in 0..<count {
                space[index] = next
                next &+= 1
            }
            body.advance(count)
            step = step * 3 + 1
        }
        let storage = body.finish()
        #expect(storage.count == length)
        let isInOrder = storage.bytes.enumerated().allSatisfy {
            $1 == UInt8(truncatingIfNeeded: $0)
        }
        #expect(isInOrder)
    }

    @Test func whatCameWithTheHeaderComesFirst() {
        var body = GrowingBody(length: 5, pool: pool)
        let head: [UInt8] = [1, 2, 3]
        let isAppended = head.withUnsafeBytes { body.append($0) }
        #expect(isAppended)
        let missing = body.missing
        #expect(missing == 2)
        guard let space = body.space() else { return }
        #expect(space.count == 2)
        space[0] = 4
        space[1] = 5
        body.advance(2)
        let storage = body.finish()
        let frame = Frame(sharing: storage, storage.bytes)
        #expect(frame.array == [1, 2, 3, 4, 5])
    }

    /// The head start leaves next to no room behind what came with the header of a body of 1 MiB.
    @Test func noReceiveIsForAFewBytesOnly() {
        var body = GrowingBody(length: 1 << 20, pool: pool)
        let head = [UInt8](repeating: 7, count: 65_000)
        let isAppended = head.withUnsafeBytes { body.append($0) }
        #expect(isAppended)
        while true {
            guard let space = body.space() else {
                Issue.record("no memory")
                return
            }
            #expect(space.count >= min(16 * 1024, body.missing))
            body.advance(space.count)
            if body.isComplete { break }
        }
        let storage = body.finish()
        #expect(storage.bytes.prefix(65_000).allSatisfy { $0 == 7 })
    }

    /// However much lies free in the pool: silent peers could take it from all others, again and
    /// again.
    @Test func F8_anAnnouncementTakesNoLargeBlockThatLiesFree() {
        do { _ = pool.borrow(atLeast: 1 << 20) }
        let kept = pool.freeBytes
        var body = GrowingBody(length: 1 << 20, pool: pool)
        let head: [UInt8] = [1]
        let isAppended = head.withUnsafeBytes { body.append($0) }
        #expect(isAppended)
        #expect((body.space()?.count ?? .max) <= 68 * 1024)
        #expect(pool.freeBytes == kept)
    }
}
