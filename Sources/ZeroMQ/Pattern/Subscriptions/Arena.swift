/// Records of one plain type in a single block of memory, named by 32-bit indices.
///
/// An index stays valid while the block grows; a pointer obtained from one does not survive the
/// next `insert`. Index 0 is given out first and may serve as "none" by whoever never frees it.
struct Arena<Element: BitwiseCopyable>: ~Copyable {
    /// How many records are in use.
    private(set) var count = 0
    // Unsafe: in `memory`; a plain array would cost reference counting and a uniqueness check per
    // access on the matching path.
    private var base: UnsafeMutablePointer<Element>
    private var memory: GrowingMemory
    private(set) var capacity: Int
    /// The most records it grows to. By default as many as 32-bit indices can name.
    var mostCapacity = Int(Int32.max)
    private var top = 0
    private var firstFree = Arena.endOfList

    private static var endOfList: UInt32 { .max }
    private static var firstCapacity: Int { 4 }

    init() {
        capacity = Arena.firstCapacity
        memory = GrowingMemory(first: capacity * MemoryLayout<Element>.stride)
        base = memory.base.bindMemory(to: Element.self, capacity: capacity)
    }

    /// The bytes of the records in use.
    var bytesInUse: Int { count * MemoryLayout<Element>.stride }

    @inline(__always)
    subscript(_ index: UInt32) -> UnsafeMutablePointer<Element> {
        base + Int(index)
    }

    /// Puts a record in; nil when there is no memory for it, nothing has changed then.
    mutating func insert(_ element: Element) -> UInt32? {
        if firstFree != Arena.endOfList {
            let index = firstFree
            firstFree = UnsafeRawPointer(base + Int(index)).loadUnaligned(as: UInt32.self)
            (base + Int(index)).initialize(to: element)
            count += 1
            return index
        }
        if top == capacity, !grow() { return nil }
        (base + top).initialize(to: element)
        top += 1
        count += 1
        return UInt32(truncatingIfNeeded: top - 1)
    }

    /// Gives a record back; its place holds the link of the free list from now on.
    mutating func remove(_ index: UInt32) {
        count -= 1
        UnsafeMutableRawPointer(base + Int(index)).storeBytes(of: firstFree, as: UInt32.self)
        firstFree = index
    }

    /// Gives all records back, and the memory, but for what the first few need.
    mutating func removeAll() {
        count = 0
        top = 0
        firstFree = Arena.endOfList
        let first = Arena.firstCapacity
        // Without memory for a small block the large one stays.
        guard memory.replace(with: first * MemoryLayout<Element>.stride) else { return }
        capacity = first
        base = memory.base.bindMemory(to: Element.self, capacity: first)
    }

    private mutating func grow() -> Bool {
        let larger = min(capacity * 2, mostCapacity)
        let stride = MemoryLayout<Element>.stride
        guard larger > capacity, memory.grow(to: larger * stride, keeping: top * stride) else {
            return false
        }
        capacity = larger
        base = memory.base.bindMemory(to: Element.self, capacity: larger)
        return true
    }
}
