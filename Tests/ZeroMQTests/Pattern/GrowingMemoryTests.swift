import Testing

@testable import ZeroMQ

@Suite struct GrowingMemoryTests {
    /// From the heap to pages of their own, and on.
    @Test func keepsItsBytesAndItsPlaceOnTheLine() {
        var memory = GrowingMemory(first: 64)
        memory.base.storeBytes(of: 0x5A, as: UInt8.self)
        var size = 64
        while size < 1 << 21 {
            memory.base.storeBytes(of: 0xA5, toByteOffset: size - 1, as: UInt8.self)
            #expect(memory.grow(to: size * 2, keeping: size) == true)
            #expect(UInt(bitPattern: memory.base) % 64 == 0)
            #expect(memory.base.load(as: UInt8.self) == 0x5A)
            #expect(memory.base.load(fromByteOffset: size - 1, as: UInt8.self) == 0xA5)
            size *= 2
        }
    }

    @Test(arguments: [64, 1 << 20], [Int.max / 2, Int.max - 64, Int.max])
    func staysAsItIsWithoutMemory(_ size: Int, wanted: Int) {
        var memory = GrowingMemory(first: 64)
        #expect(memory.grow(to: size, keeping: 64) == true)
        memory.base.storeBytes(of: 7, toByteOffset: size - 1, as: UInt8.self)
        let base = memory.base
        #expect(memory.grow(to: wanted, keeping: size) == false)
        #expect(memory.base == base)
        #expect(memory.base.load(fromByteOffset: size - 1, as: UInt8.self) == 7)
        #expect(memory.replace(with: 64) == true)
        #expect(UInt(bitPattern: memory.base) % 64 == 0)
    }

    @Test func arenasThatCannotGrowSayNoAndGoOn() {
        var arena = ZeroMQ.Arena<UInt64>()
        arena.mostCapacity = 6
        for number in 0..<6 { #expect(arena.insert(UInt64(number)) == UInt32(number)) }
        #expect(arena.insert(6) == nil)
        #expect(arena.count == 6 && arena[5].pointee == 5)
        arena.remove(2)
        #expect(arena.insert(7) == 2)
        #expect(arena.insert(8) == nil)
        arena.mostCapacity = 7
        #expect(arena.insert(9) == 6)
    }

    @Test func stampsThatCannotGrowSayNoAndGoOn() {
        var stamps = SlotStamps()
        stamps.mostCapacity = 20
        #expect(stamps.reserve(19) == true)
        #expect(stamps.reserve(20) == false)
        #expect(stamps.covers(19) == true)
        #expect(stamps.covers(20) == false)
        #expect(stamps.reserve(Int.max) == false)
        let round = stamps.nextRound()
        #expect(stamps.mark(19, in: round) == true)
        #expect(stamps.mark(19, in: round) == false)
    }

    /// Taking something back has to be possible without memory.
    @Test func aBlockOfWordsShrinksInItsPlaceWhenThereIsNoOther() throws {
        var words = WordPool()
        let lent = words.allocate(exponent: 5)
        let block = try #require(lent)
        for word in 0..<32 { words[block][word] = UInt32(word) }
        words.mostCapacity = words.capacity
        while words.allocate(exponent: 2) != nil {}
        let used = words.wordsInUse
        #expect(words.shrink(block, from: 5, to: 3) == block)
        #expect(words.wordsInUse == used - 24)
        for word in 0..<8 { #expect(words[block][word] == UInt32(word)) }
        // What it gave back is lent again.
        #expect(words.allocate(exponent: 4) == block + 16)
        #expect(words.allocate(exponent: 3) == block + 8)
        #expect(words.allocate(exponent: 2) == nil)
    }
}
