/// Lends memory for queues and keeps what comes back for the next borrower.
///
/// Two sizes are pooled: small ones for a queue that just woke up, so that ten thousand
/// connections with one message each stay small, and full ones for streams. Anything larger is
/// allocated for the occasion.
final class ChunkPool: @unchecked Sendable {
    // Unchecked: the free lists are guarded by `lock`.

    /// Bytes of a chunk for a queue that was idle.
    static let smallSize = 4 * 1024
    /// Bytes of a chunk for a queue under load, and of a receive buffer.
    static let fullSize = 64 * 1024
    /// How many bytes of free chunks are kept; the rest goes back to the system.
    static let keptBytes = 8 * 1024 * 1024

    private let lock = Lock()
    private var small: [UnsafeMutableRawPointer] = []
    private var full: [UnsafeMutableRawPointer] = []

    init() {
        small.reserveCapacity(64)
        full.reserveCapacity(Self.keptBytes / Self.fullSize)
    }

    deinit {
        for block in small { block.deallocate() }
        for block in full { block.deallocate() }
    }

    /// Lends a chunk of at least `minimum` bytes.
    func borrow(atLeast minimum: Int) -> Chunk {
        let size =
            minimum <= Self.smallSize
            ? Self.smallSize : (minimum <= Self.fullSize ? Self.fullSize : minimum)
        return Chunk(base: takeBlock(size), capacity: size, pool: self)
    }

    private func takeBlock(_ size: Int) -> UnsafeMutableRawPointer {
        lock.lock()
        let block: UnsafeMutableRawPointer? =
            switch size {
            case Self.smallSize: small.popLast()
            case Self.fullSize: full.popLast()
            default: nil
            }
        lock.unlock()
        return block ?? .allocate(byteCount: size, alignment: 16)
    }

    fileprivate func keep(_ block: UnsafeMutableRawPointer, _ size: Int) -> Bool {
        lock.lock()
        defer { lock.unlock() }
        switch size {
        case Self.smallSize where small.count < 1024:
            small.append(block)
            return true
        case Self.fullSize where full.count < Self.keptBytes / Self.fullSize:
            full.append(block)
            return true
        default:
            return false
        }
    }

    /// Called by a chunk that nobody uses any more.
    func giveBack(_ block: UnsafeMutableRawPointer, capacity: Int) {
        if !keep(block, capacity) { block.deallocate() }
    }
}
