/// Lends memory for queues and large bodies, and keeps what comes back for the next borrower.
///
/// Blocks come in classes: a small one for a queue that just woke up, so that ten thousand
/// connections with one message each stay small, 64 KiB for streams, and doubles of that for large
/// messages up to 1 MiB. Anything larger is allocated for the occasion. Without the pool the system
/// would take the pages of every large message back and clear new ones for the next.
final class ChunkPool: @unchecked Sendable {
    // Unchecked: the free lists are guarded by `lock`.

    /// Bytes of a chunk for a queue that was idle.
    static let smallSize = 4 * 1024
    /// Bytes of a chunk for a queue under load, and of a receive buffer.
    static let fullSize = 64 * 1024
    /// The largest block that is kept.
    static let largestSize = 1024 * 1024
    /// How many bytes of free blocks are kept; the rest goes back to the system.
    static let keptBytes = 16 * 1024 * 1024

    private static let classCount = 6

    private let lock = Lock()
    private var free: [[UnsafeMutableRawPointer]]
    private var freeBytes = 0

    init() {
        free = Array(repeating: [], count: Self.classCount)
        for index in free.indices { free[index].reserveCapacity(64) }
    }

    deinit {
        for list in free {
            for block in list { SystemMemory.free(block) }
        }
    }

    /// Lends a chunk of at least `minimum` bytes.
    func borrow(atLeast minimum: Int) -> Chunk {
        let (base, capacity) = takeBlock(atLeast: minimum)
        return Chunk(base: base, capacity: capacity, pool: self)
    }

    /// Lends bare memory of at least `minimum` bytes; nil when there is none.
    func takeMemory(atLeast minimum: Int) -> UnsafeMutableRawBufferPointer? {
        let (index, size) = Self.sizeClass(of: minimum)
        guard let block = pop(index, size) ?? SystemMemory.reallocate(nil, to: size) else {
            return nil
        }
        return UnsafeMutableRawBufferPointer(start: block, count: size)
    }

    private func takeBlock(atLeast minimum: Int) -> (UnsafeMutableRawPointer, Int) {
        let (index, size) = Self.sizeClass(of: minimum)
        if let block = pop(index, size) ?? SystemMemory.reallocate(nil, to: size) {
            return (block, size)
        }
        // The system's own answer to exhaustion; a queue cannot refuse what was accepted.
        return (.allocate(byteCount: size, alignment: 16), size)
    }

    private func pop(_ index: Int?, _ size: Int) -> UnsafeMutableRawPointer? {
        guard let index else { return nil }
        lock.lock()
        defer { lock.unlock() }
        guard let block = free[index].popLast() else { return nil }
        freeBytes -= size
        SystemMemory.note(block, of: size, isLent: true)
        return block
    }

    /// Takes back what was lent.
    func giveBack(_ block: UnsafeMutableRawPointer, capacity: Int) {
        #if DEBUG
            // Whoever still reads it shall be found out.
            UnsafeMutableRawBufferPointer(start: block, count: capacity)
                .initializeMemory(as: UInt8.self, repeating: 0xDE)
        #endif
        let (index, size) = Self.sizeClass(of: capacity)
        if let index, size == capacity, keep(block, index, size) { return }
        SystemMemory.free(block)
    }

    private func keep(_ block: UnsafeMutableRawPointer, _ index: Int, _ size: Int) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        guard freeBytes + size <= Self.keptBytes else { return false }
        SystemMemory.note(block, of: size, isLent: false)
        free[index].append(block)
        freeBytes += size
        return true
    }

    /// The class for so many bytes and its size; no class for what is too large to keep.
    private static func sizeClass(of bytes: Int) -> (index: Int?, size: Int) {
        if bytes <= smallSize { return (0, smallSize) }
        var size = fullSize
        for index in 1..<classCount {
            if bytes <= size { return (index, size) }
            size *= 2
        }
        return (nil, bytes)
    }
}
