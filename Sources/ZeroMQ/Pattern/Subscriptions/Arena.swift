/// Records of one plain type in a single block of memory, named by 32-bit indices.
///
/// An index stays valid while the block grows; a pointer obtained from one does not survive the
/// next `insert`. Index 0 is given out first and may serve as "none" by whoever never frees it.
struct Arena<Element: BitwiseCopyable>: ~Copyable {
    /// How many records are in use.
    private(set) var count = 0
    // Unsafe: owned here alone, freed in deinit; a plain array would cost reference counting and
    // a uniqueness check per access on the matching path.
    private var base: UnsafeMutablePointer<Element>
    private(set) var capacity: Int
    private var top = 0
    private var firstFree = Arena.endOfList

    private static var endOfList: UInt32 { .max }

    init(capacity: Int = 4) {
        self.capacity = max(capacity, 1)
        base = Arena.allocate(self.capacity)
    }

    deinit {
        base.deallocate()
    }

    /// The most records that 32-bit indices can name.
    static var limit: Int { Int(Int32.max) }

    @inline(__always)
    subscript(_ index: UInt32) -> UnsafeMutablePointer<Element> {
        base + Int(index)
    }

    mutating func insert(_ element: Element) -> UInt32 {
        count += 1
        if firstFree != Arena.endOfList {
            let index = firstFree
            firstFree = UnsafeRawPointer(base + Int(index)).loadUnaligned(as: UInt32.self)
            (base + Int(index)).initialize(to: element)
            return index
        }
        if top == capacity { grow() }
        (base + top).initialize(to: element)
        top += 1
        return UInt32(truncatingIfNeeded: top - 1)
    }

    /// Gives a record back; its place holds the link of the free list from now on.
    mutating func remove(_ index: UInt32) {
        count -= 1
        UnsafeMutableRawPointer(base + Int(index)).storeBytes(of: firstFree, as: UInt32.self)
        firstFree = index
    }

    private mutating func grow() {
        let larger = Arena.allocate(capacity * 2)
        larger.update(from: base, count: top)
        base.deallocate()
        base = larger
        capacity *= 2
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        // One record of 64 bytes then lies in one cache line.
        UnsafeMutableRawPointer.allocate(
            byteCount: capacity * MemoryLayout<Element>.stride, alignment: 64
        ).bindMemory(to: Element.self, capacity: capacity)
    }
}
