/// Blocks of 2^n 32-bit words out of one piece of memory, named by 32-bit offsets.
///
/// A freed block goes to the list of its size and is given out again at that size. An offset stays
/// valid while the pool grows; a pointer obtained from one does not survive the next `allocate`.
struct WordPool: ~Copyable {
    /// How many words are lent.
    private(set) var wordsInUse = 0
    // Unsafe: in `memory` (see Arena).
    private var base: UnsafeMutablePointer<UInt32>
    private var memory: GrowingMemory
    private(set) var capacity = WordPool.firstCapacity
    /// The most words it grows to. By default 8 GiB of them.
    var mostCapacity = Int(Int32.max)
    private var top = WordPool.lineWords
    private var firstFree: InlineHeads = InlineHeads()

    /// 64 bytes, the size up to which blocks are aligned to their own size.
    private static var lineWords: Int { 16 }
    private static var firstCapacity: Int { 64 }
    private static var none: UInt32 { 0 }

    init() {
        memory = GrowingMemory(first: WordPool.firstCapacity * 4)
        base = memory.base.bindMemory(to: UInt32.self, capacity: WordPool.firstCapacity)
    }

    @inline(__always)
    subscript(_ block: UInt32) -> UnsafeMutablePointer<UInt32> {
        base + Int(block)
    }

    /// Lends a block of 2^`exponent` words, not initialised; nil when there is no memory.
    mutating func allocate(exponent: Int) -> UInt32? {
        guard makeRoom(exponent: exponent) else { return nil }
        let size = 1 << exponent
        wordsInUse += size
        if firstFree[exponent] != WordPool.none {
            let block = firstFree[exponent]
            firstFree[exponent] = self[block].pointee
            return block
        }
        lendPadding(padding(before: size))
        top += size
        return UInt32(truncatingIfNeeded: top - size)
    }

    /// Sees to it that the next `allocate` of this size succeeds; false when there is no memory.
    mutating func makeRoom(exponent: Int) -> Bool {
        if firstFree[exponent] != WordPool.none { return true }
        let size = 1 << exponent
        let needed = top + padding(before: size) + size
        return needed <= capacity || grow(toHold: needed)
    }

    /// What is skipped so that a block of `size` words is aligned.
    private func padding(before size: Int) -> Int {
        -top & (min(size, WordPool.lineWords) - 1)
    }

    /// Moves the first words of a block to one of a smaller size. Where there is none it stays
    /// where it is, and only its end is given back.
    mutating func shrink(_ block: UInt32, from exponent: Int, to smaller: Int) -> UInt32 {
        guard smaller < exponent else { return block }
        if let fresh = allocate(exponent: smaller) {
            self[fresh].update(from: self[block], count: 1 << smaller)
            free(block, exponent: exponent)
            return fresh
        }
        for half in smaller..<exponent { free(block + (1 << half), exponent: half) }
        return block
    }

    mutating func free(_ block: UInt32, exponent: Int) {
        wordsInUse -= 1 << exponent
        self[block].pointee = firstFree[exponent]
        firstFree[exponent] = block
    }

    /// Makes the words skipped for alignment available as smaller blocks.
    private mutating func lendPadding(_ padding: Int) {
        let end = top + padding
        while top < end {
            let exponent = top.trailingZeroBitCount
            self[UInt32(truncatingIfNeeded: top)].pointee = firstFree[exponent]
            firstFree[exponent] = UInt32(truncatingIfNeeded: top)
            top += 1 << exponent
        }
    }

    /// The exponent of the smallest block that holds `words` words, 2 (four words) at least.
    @inline(__always)
    static func exponent(forWords words: Int) -> Int {
        words <= 4 ? 2 : Int.bitWidth - (words - 1).leadingZeroBitCount
    }

    /// Gives all blocks back, and the memory, but for what the first few need.
    mutating func removeAll() {
        wordsInUse = 0
        top = WordPool.lineWords
        firstFree = InlineHeads()
        // Without memory for a small block the large one stays.
        guard memory.replace(with: WordPool.firstCapacity * 4) else { return }
        capacity = WordPool.firstCapacity
        base = memory.base.bindMemory(to: UInt32.self, capacity: capacity)
    }

    private mutating func grow(toHold needed: Int) -> Bool {
        guard needed <= mostCapacity else { return false }
        var larger = capacity * 2
        while larger < needed { larger *= 2 }
        larger = min(larger, mostCapacity)
        guard memory.grow(to: larger * 4, keeping: top * 4) else { return false }
        base = memory.base.bindMemory(to: UInt32.self, capacity: larger)
        capacity = larger
        return true
    }
}

extension WordPool {
    /// The heads of the 32 free lists.
    private struct InlineHeads {
        private var low = SIMD16<UInt32>()
        private var high = SIMD16<UInt32>()

        subscript(_ exponent: Int) -> UInt32 {
            get { exponent < 16 ? low[exponent] : high[exponent & 15] }
            set {
                if exponent < 16 {
                    low[exponent] = newValue
                } else {
                    high[exponent & 15] = newValue
                }
            }
        }
    }
}
