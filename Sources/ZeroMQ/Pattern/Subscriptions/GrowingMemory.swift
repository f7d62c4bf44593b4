/// One block of memory that begins on a cache line and can grow. Where there is no memory to grow
/// into, it says so and stays as it is.
struct GrowingMemory: ~Copyable {
    /// Where it begins; changes when the block grows.
    private(set) var base: UnsafeMutableRawPointer
    // Unsafe: owned here alone, freed in deinit.
    private var block: UnsafeMutableRawPointer
    // Of a block of the system's memory; the first one is none, and has 0.
    private var size = 0

    private static var line: Int { 64 }

    /// The first few bytes come as an object does: who can make the owner can have them as well.
    init(first bytes: Int) {
        block = .allocate(byteCount: bytes, alignment: Self.line)
        base = block
    }

    deinit {
        Self.free(block, size)
    }

    /// Makes room for `bytes` bytes; the first `used` stay. False when there is no memory.
    mutating func grow(to bytes: Int, keeping used: Int) -> Bool {
        let larger = bytes.addingReportingOverflow(Self.line)
        guard !larger.overflow else { return false }
        guard size != 0 else { return move(to: larger.partialValue, keeping: used) }
        let offset = base - block
        guard let grown = SystemMemory.grow(block, of: size, to: larger.partialValue) else {
            return false
        }
        adopt(grown, larger.partialValue)
        // The new block may lie differently to the lines.
        if base != block + offset { base.copyMemory(from: block + offset, byteCount: used) }
        return true
    }

    /// Takes a block of `bytes` bytes instead and keeps nothing; false when there is no memory.
    mutating func replace(with bytes: Int) -> Bool {
        move(to: bytes + Self.line, keeping: 0)
    }

    private mutating func move(to larger: Int, keeping used: Int) -> Bool {
        guard let fresh = SystemMemory.allocate(larger) else { return false }
        let old = (base: base, block: block, size: size)
        adopt(fresh, larger)
        base.copyMemory(from: old.base, byteCount: used)
        Self.free(old.block, old.size)
        return true
    }

    private mutating func adopt(_ fresh: UnsafeMutableRawPointer, _ larger: Int) {
        block = fresh
        size = larger
        base = fresh.alignedUp(toMultipleOf: Self.line)
    }

    private static func free(_ block: UnsafeMutableRawPointer, _ size: Int) {
        if size == 0 { block.deallocate() } else { SystemMemory.free(block, of: size) }
    }
}
