/// Blocks of 2^n 32-bit words out of one piece of memory, named by 32-bit offsets.
///
/// A freed block goes to the list of its size and is given out again at that size. An offset stays
/// valid while the pool grows; a pointer obtained from one does not survive the next `allocate`.
struct WordPool: ~Copyable {
    /// How many words are lent.
    private(set) var wordsInUse = 0
    // Unsafe: owned here alone, freed in deinit (see Arena).
    private var base: UnsafeMutablePointer<UInt32>
    private(set) var capacity = 64
    private var top = WordPool.lineWords
    private var firstFree: InlineHeads = InlineHeads()

    /// 64 bytes, the size up to which blocks are aligned to their own size.
    private static var lineWords: Int { 16 }
    private static var none: UInt32 { 0 }

    init() {
        base = WordPool.allocate(capacity)
    }

    deinit {
        base.deallocate()
    }

    /// Whether so many more words can still be named.
    func hasRoom(for words: Int) -> Bool {
        words < Int(Int32.max) - top
    }

    @inline(__always)
    subscript(_ block: UInt32) -> UnsafeMutablePointer<UInt32> {
        base + Int(block)
    }

    /// Lends a block of 2^`exponent` words, not initialised.
    mutating func allocate(exponent: Int) -> UInt32 {
        let size = 1 << exponent
        wordsInUse += size
        if firstFree[exponent] != WordPool.none {
            let block = firstFree[exponent]
            firstFree[exponent] = self[block].pointee
            return block
        }
        let padding = -top & (min(size, WordPool.lineWords) - 1)
        if top + padding + size > capacity { grow(toHold: top + padding + size) }
        lendPadding(padding)
        top += size
        return UInt32(truncatingIfNeeded: top - size)
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

    private mutating func grow(toHold needed: Int) {
        var larger = capacity * 2
        while larger < needed { larger *= 2 }
        let memory = WordPool.allocate(larger)
        memory.update(from: base, count: top)
        base.deallocate()
        base = memory
        capacity = larger
    }

    private static func allocate(_ words: Int) -> UnsafeMutablePointer<UInt32> {
        UnsafeMutableRawPointer.allocate(byteCount: words * 4, alignment: 64)
            .bindMemory(to: UInt32.self, capacity: words)
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
