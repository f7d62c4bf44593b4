/// An endless stream of bytes that follows from its seed.
struct ByteStream {
    private var generator: SplitMix64
    private var word: UInt64 = 0
    private var left = 0

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func next() -> UInt8 {
        if left == 0 {
            word = generator.next()
            left = 8
        }
        defer {
            word >>= 8
            left -= 1
        }
        return UInt8(truncatingIfNeeded: word)
    }
}
