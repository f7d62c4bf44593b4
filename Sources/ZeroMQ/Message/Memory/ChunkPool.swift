/// Lends memory for queues and large bodies, and keeps what comes back for the next borrower.
///
/// Blocks come in classes: a small one for a queue that just woke up, so that ten thousand
/// connections with one message each stay small, 64 KiB for streams, and doubles of that for large
/// messages up to 1 MiB, each with some room for headers. Anything larger is allocated for the
/// occasion. Without the pool the system would take the pages of every large message back and clear
/// new ones for the next.
final class ChunkPool: @unchecked Sendable {
    // Unchecked: the free lists are guarded by `lock`.

    /// Bytes of a chunk for a queue that was idle.
    static let smallSize = 4 * 1024
    /// Bytes of a chunk for a queue under load, and of a receive buffer.
    static let fullSize = 64 * 1024
    /// The largest block that is kept.
    static let largestSize = 1024 * 1024 + headerRoom
    /// A message of a round size and its headers are not to need a block of twice that size. With
    /// what ``PoolMemory`` leaves free before a block it comes to one page.
    private static let headerRoom = 4096 - PoolMemory.lead
    /// How many bytes of free blocks are kept for good. What is more goes back to the system when
    /// it has not been needed for a while, see ``trim()``; at once where nobody trims.
    static let keptBytes = 16 * largestSize
    /// A queue that held so much, most of it bodies on the heap, was a burst.
    static let burst = 32 * 1024 * 1024
    /// How many trims without a burst it takes until its memory is not thought of use any more.
    private static let quietTrims = 10
    /// The most that one trim gives back, so that whoever trims is not held up for long.
    private static let mostTrimmed = 64 * largestSize

    private static let classCount = 6

    private let lock = Lock()
    private var free: [[UnsafeMutableRawPointer]]
    private var freeTotal = 0
    /// The least of `freeTotal` since the last trim: so much has not been needed.
    private var leastFree = 0
    private var isWatched = false
    /// Trims to come before the heap is trimmed too; 0 for not at all.
    private var trimsToHeap = 0
    private var onSurplus: (@Sendable () -> Bool)?

    init() {
        free = Array(repeating: [], count: Self.classCount)
        for index in free.indices { free[index].reserveCapacity(64) }
    }

    deinit {
        for index in free.indices {
            for block in free[index] { PoolMemory.free(block, of: Self.size(of: index)) }
        }
    }

    /// Bytes of free blocks kept now.
    var freeBytes: Int { lock.withLock { freeTotal } }

    /// Lends a chunk of at least `minimum` bytes to a sender. Where there is no memory for what the
    /// application itself sends that is the end, as it is for every array.
    func borrow(atLeast minimum: Int, _ choice: BlockChoice = .warm) -> Chunk {
        borrowIfAny(atLeast: minimum, choice)
            ?? Chunk(base: PoolMemory.allocateOrEnd(minimum), capacity: minimum, pool: self)
    }

    /// Lends a chunk of at least `minimum` bytes; nil when there is none.
    func borrowIfAny(atLeast minimum: Int, _ choice: BlockChoice = .warm) -> Chunk? {
        guard let memory = takeMemory(atLeast: minimum, choice), let base = memory.baseAddress
        else { return nil }
        return Chunk(base: base, capacity: memory.count, pool: self)
    }

    /// Lends bare memory of at least `minimum` bytes; nil when there is none.
    func takeMemory(
        atLeast minimum: Int, _ choice: BlockChoice = .warm
    ) -> UnsafeMutableRawBufferPointer? {
        let (index, size) = Self.sizeClass(of: minimum)
        let kept = index.flatMap { pop($0, size, choice) }
        // Where there is no memory a block that has not rested will do.
        let block = kept ?? PoolMemory.allocate(size) ?? index.flatMap { pop($0, size, .warm) }
        guard let block else { return nil }
        return UnsafeMutableRawBufferPointer(start: block, count: size)
    }

    private func pop(
        _ index: Int, _ size: Int, _ choice: BlockChoice
    ) -> UnsafeMutableRawPointer? {
        lock.lock()
        defer { lock.unlock() }
        guard let block = choose(choice, index, size) else { return nil }
        freeTotal -= size
        leastFree = min(leastFree, freeTotal)
        SystemMemory.note(block, of: size, isLent: true)
        return block
    }

    private func choose(
        _ choice: BlockChoice, _ index: Int, _ size: Int
    ) -> UnsafeMutableRawPointer? {
        guard choice == .rested, size >= Self.fullSize else { return free[index].popLast() }
        // The last that has rested, not the first: what a burst has left stays out of the caches.
        let position = free[index].count - 1 - BlockChoice.restedBytes / size
        return position >= 0 ? free[index].remove(at: position) : nil
    }

    /// Takes back what was lent.
    func giveBack(_ block: UnsafeMutableRawPointer, capacity: Int) {
        #if DEBUG
            // Whoever still reads it shall be found out.
            UnsafeMutableRawBufferPointer(start: block, count: capacity)
                .initializeMemory(as: UInt8.self, repeating: 0xDE)
        #endif
        let (index, size) = Self.sizeClass(of: capacity)
        guard let index, size == capacity else { return PoolMemory.free(block, of: capacity) }
        if keep(block, index, size) { reportSurplus() }
    }

    /// Keeps a block; returns whether somebody has to be asked to trim.
    private func keep(_ block: UnsafeMutableRawPointer, _ index: Int, _ size: Int) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        free[index].append(block)
        freeTotal += size
        SystemMemory.note(block, of: size, isLent: false)
        if isWatched || freeTotal <= Self.keptBytes { return false }
        isWatched = true
        leastFree = freeTotal
        return true
    }

    // MARK: Trimming

    /// Has `trimSoon` asked, whenever there is a surplus, to call ``trim()`` every now and then
    /// until that returns false; it answers false when it will not. With nil nobody is asked, and a
    /// surplus goes at once.
    func watch(_ trimSoon: (@Sendable () -> Bool)?) {
        lock.withLock { onSurplus = trimSoon }
        // Whoever was asked before may have ended without a word.
        if trimSoon == nil { trimNow() }
    }

    private func reportSurplus() {
        let trimSoon = lock.withLock { onSurplus }
        if trimSoon?() != true { trimNow() }
    }

    /// Gives back some of what has not been needed since the last call; returns whether there is
    /// more to watch.
    ///
    /// Not at once: a queue of large messages fills and drains by tens of megabytes many times a
    /// second, and new pages cost more than copying the messages (measured, a fifth of the speed).
    func trim() -> Bool {
        lock.lock()
        let surplus = take(min(leastFree - Self.keptBytes, Self.mostTrimmed))
        leastFree = freeTotal
        let trimsHeap = trimsToHeap == 1
        if trimsToHeap > 0 { trimsToHeap -= 1 }
        let goesOn = freeTotal > Self.keptBytes || trimsToHeap > 0
        isWatched = goesOn
        lock.unlock()
        release(surplus)
        if trimsHeap { SystemMemory.trimHeap() }
        return goesOn
    }

    /// A queue that held at least ``burst`` bytes has drained. The heap keeps what such a queue
    /// took, unless it is told; that is done when there has been no other for a while.
    func noteBurst() {
        let isToBeWatched = lock.withLock {
            trimsToHeap = Self.quietTrims
            defer { isWatched = true }
            return !isWatched
        }
        if isToBeWatched { reportSurplus() }
    }

    private func trimNow() {
        lock.lock()
        let surplus = take(freeTotal - Self.keptBytes)
        isWatched = false
        trimsToHeap = 0
        lock.unlock()
        release(surplus)
    }

    /// Takes so many bytes of free blocks, the largest first, and the rest of it as one more, the
    /// smallest there is: what is to be kept is never exceeded for good. Lock held.
    private func take(_ bytes: Int) -> [(UnsafeMutableRawPointer, Int)] {
        var taken: [(UnsafeMutableRawPointer, Int)] = []
        var left = bytes
        for index in free.indices.reversed() {
            let size = Self.size(of: index)
            while left >= size, let block = free[index].popLast() {
                taken.append((block, size))
                left -= size
                freeTotal -= size
            }
        }
        if left > 0, let index = free.firstIndex(where: { !$0.isEmpty }),
            let block = free[index].popLast()
        {
            taken.append((block, Self.size(of: index)))
            freeTotal -= Self.size(of: index)
        }
        return taken
    }

    private func release(_ blocks: [(UnsafeMutableRawPointer, Int)]) {
        for (block, size) in blocks { PoolMemory.free(block, of: size) }
    }

    /// The class for so many bytes and its size; no class for what is too large to keep.
    private static func sizeClass(of bytes: Int) -> (index: Int?, size: Int) {
        for index in 0..<classCount {
            let size = size(of: index)
            if bytes <= size { return (index, size) }
        }
        return (nil, bytes)
    }

    private static func size(of index: Int) -> Int {
        index == 0 ? smallSize : fullSize << (index - 1) + headerRoom
    }
}
