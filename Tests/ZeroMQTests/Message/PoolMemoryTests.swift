import Testing

@testable import ZeroMQ

@Suite struct PoolMemoryTests {
    private static let sizes = [
        1, ChunkPool.smallSize, ChunkPool.smallSize + 1, ChunkPool.fullSize, 200_000,
        ChunkPool.largestSize, ChunkPool.largestSize + 1, 5_000_000,
    ]

    /// What is lent, all of it, can be written, and it is the same block that comes back.
    @Test(arguments: sizes) func allOfABlockIsThere(_ size: Int) throws {
        let pool = ChunkPool()
        var bases: Set<UnsafeMutableRawPointer> = []
        for _ in 0..<3 {
            let memory = try #require(pool.takeMemory(atLeast: size))
            let base = try #require(memory.baseAddress)
            #expect(memory.count >= size)
            memory.initializeMemory(as: UInt8.self, repeating: 1)
            bases.insert(base)
            pool.giveBack(base, capacity: memory.count)
            #expect(pool.freeBytes == (size > ChunkPool.largestSize ? 0 : memory.count))
        }
        if size <= ChunkPool.largestSize { #expect(bases.count == 1) }
    }

    #if !canImport(WinSDK)
        /// Neither a header's length into a page, nor so little before it that a copy to there
        /// from behind a header would be a slow one.
        @Test(arguments: sizes.filter { $0 >= ChunkPool.fullSize })
        func aBodyBeginsFarFromWhereAPageDoes(_ size: Int) throws {
            let pool = ChunkPool()
            let memory = try #require(pool.takeMemory(atLeast: size))
            let base = try #require(memory.baseAddress)
            defer { pool.giveBack(base, capacity: memory.count) }
            #expect((1024...3072).contains(UInt(bitPattern: base) % 4096))
        }
    #endif

    @Test func aGrownBlockKeepsItsBytes() throws {
        let size = ChunkPool.largestSize + 1
        let block = try #require(PoolMemory.allocate(size))
        UnsafeMutableRawBufferPointer(start: block, count: size)
            .initializeMemory(as: UInt8.self, repeating: 9)
        let grown = try #require(PoolMemory.grow(block, of: size, to: 3 * size))
        defer { PoolMemory.free(grown, of: 3 * size) }
        let kept = UnsafeRawBufferPointer(start: grown, count: size).allSatisfy { $0 == 9 }
        #expect(kept)
    }

    @Test(arguments: [Int.max, Int.max - 1, Int.max / 2]) func tooMuchIsNil(_ size: Int) {
        #expect(PoolMemory.allocate(size) == nil)
        #expect(ChunkPool().takeMemory(atLeast: size) == nil)
    }
}
