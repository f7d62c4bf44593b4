import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct ChunkPoolTests {
    /// What so many chunks of 1 MiB leave in the pool when they all come back.
    private func fill(_ pool: ChunkPool, _ count: Int) {
        let chunks = (0..<count).map { _ in pool.borrow(atLeast: ChunkPool.largestSize) }
        withExtendedLifetime(chunks) {}
    }

    @Test func BI_R24_whereNobodyTrimsNoMoreThanTheLimitIsKept() {
        let pool = ChunkPool()
        fill(pool, 40)
        #expect(pool.freeBytes == ChunkPool.keptBytes)
    }

    @Test func BI_R24_aSurplusIsReportedOnceAndTrimmedWhenItWasNotNeeded() {
        let pool = ChunkPool()
        let asked = Locked(0)
        pool.watch {
            asked.withLock { $0 += 1 }
            return true
        }
        fill(pool, 100)
        #expect(asked.withLock { $0 } == 1)
        #expect(pool.freeBytes == 100 * ChunkPool.largestSize)
        // What came since the report is not surplus yet.
        #expect(pool.trim())
        #expect(pool.freeBytes == 99 * ChunkPool.largestSize)
        // Needed in between, so kept.
        fill(pool, 90)
        #expect(pool.trim())
        #expect(pool.freeBytes == 99 * ChunkPool.largestSize)
        // 64 MiB at a time, down to what is kept for good.
        #expect(pool.trim())
        #expect(pool.freeBytes == 35 * ChunkPool.largestSize)
        #expect(!pool.trim())
        #expect(pool.freeBytes == ChunkPool.keptBytes)
        // And the next burst is reported again.
        fill(pool, 100)
        #expect(asked.withLock { $0 } == 2)
    }

    /// Blocks of several sizes never come to just what is to be kept.
    @Test(arguments: [1, 4097, 65_536, 200_000]) func BI_R24_trimmingComesToAnEnd(size: Int) {
        let pool = ChunkPool()
        pool.watch { true }
        fill(pool, 16)
        do {
            let chunks = (0..<50).map { _ in pool.borrow(atLeast: size) }
            withExtendedLifetime(chunks) {}
        }
        var trims = 0
        while pool.trim(), trims < 100 { trims += 1 }
        #expect(trims < 100)
        #expect(pool.freeBytes <= ChunkPool.keptBytes)
        #expect(pool.freeBytes > ChunkPool.keptBytes - ChunkPool.largestSize)
    }

    /// Lends blocks one after the other, each given back at once; returns them.
    private func lendInTurn(
        _ pool: ChunkPool, _ count: Int, _ choice: BlockChoice
    ) -> [UnsafeMutableRawPointer] {
        (0..<count).map { _ in pool.borrow(atLeast: ChunkPool.fullSize, choice).base }
    }

    @Test func aWarmBlockIsTheOneThatCameBackLast() {
        #expect(Set(lendInTurn(ChunkPool(), 10, .warm)).count == 1)
    }

    @Test func aRestedBlockHasSeenAMegabyteOfOthersComeBack() {
        let pool = ChunkPool()
        let lent = lendInTurn(pool, 100, .rested)
        let count = Set(lent).count
        let size = pool.freeBytes / count
        #expect(count * size > BlockChoice.restedBytes)
        #expect((count - 1) * size <= BlockChoice.restedBytes)
        // In turn, the one that has waited the longest first.
        for index in count..<lent.count { #expect(lent[index] == lent[index - count]) }
    }

    /// What a burst has left behind does not come into the round.
    @Test func noMoreBlocksAreInUseThanRestTakes() {
        let pool = ChunkPool()
        do {
            let burst = (0..<100).map { _ in pool.borrow(atLeast: ChunkPool.fullSize) }
            withExtendedLifetime(burst) {}
        }
        let kept = pool.freeBytes
        let lent = lendInTurn(pool, 1000, .rested)
        #expect(Set(lent).count == BlockChoice.restedBytes / (kept / 100) + 1)
        #expect(pool.freeBytes == kept)
    }

    @Test func smallBlocksNeedNoRest() {
        let pool = ChunkPool()
        let bases = (0..<10).map { _ in
            pool.borrow(atLeast: ChunkPool.smallSize, .rested).base
        }
        #expect(Set(bases).count == 1)
    }

    @Test(arguments: [(0, BlockChoice.rested), (4095, .rested), (4096, .warm)])
    func messagesThatAreCopiedOutAreForRestedBlocks(_ size: Int, _ choice: BlockChoice) {
        #expect(BlockChoice(forBodiesOf: size) == choice)
    }

    @Test func BI_R24_theHeapIsTrimmedWhenThereHasBeenNoBurstForAWhile() {
        let pool = ChunkPool()
        let asked = Locked(0)
        pool.watch {
            asked.withLock { $0 += 1 }
            return true
        }
        pool.noteBurst()
        for _ in 0..<5 { #expect(pool.trim()) }
        pool.noteBurst()
        #expect(asked.withLock { $0 } == 1)
        for _ in 0..<9 { #expect(pool.trim()) }
        #expect(!pool.trim())
        pool.noteBurst()
        #expect(asked.withLock { $0 } == 2)
    }

    @Test func BI_R24_aContextGivesTheMemoryOfABurstBack() async throws {
        try await withTestContext { context in
            let pull = try PullSocket(context)
            let push = try PushSocket(context)
            try await link(pull, push, over: .inproc)
            let body = [UInt8](repeating: 1, count: 60_000)
            for _ in 0..<1000 { #expect(try body.withUnsafeBytes { try push.trySend($0) }) }
            var most = 0
            for _ in 0..<1000 {
                #expect(try await pull.next().totalCount == body.count)
                most = max(most, context.chunks.freeBytes)
            }
            #expect(most > ChunkPool.keptBytes)
            try await eventually("it is given back") {
                context.chunks.freeBytes <= ChunkPool.keptBytes
            }
        }
    }

    @Test func blocksGrowAndKeepWhatIsInThem() throws {
        let sizes = [1, 4096, 65_535, 65_536, 1 << 20, 5_000_000]
        for (size, larger) in zip(sizes, sizes.dropFirst()) {
            let block = try #require(SystemMemory.allocate(size))
            let bytes = UnsafeMutableRawBufferPointer(start: block, count: size)
            for index in bytes.indices { bytes[index] = UInt8(truncatingIfNeeded: index &* 7) }
            let grown = try #require(SystemMemory.grow(block, of: size, to: larger))
            let same = UnsafeRawBufferPointer(start: grown, count: size)
            #expect(same.indices.allSatisfy { same[$0] == UInt8(truncatingIfNeeded: $0 &* 7) })
            SystemMemory.free(grown, of: larger)
        }
    }

    @Test func memoryThatIsNotThereIsAnAnswer() {
        #expect(SystemMemory.allocate(Int.max / 2) == nil)
        #expect(ChunkPool().takeMemory(atLeast: Int.max / 2) == nil)
    }
}
