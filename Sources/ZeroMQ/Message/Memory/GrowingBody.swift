/// Collects the body of one large frame, whose length was announced and is not trusted.
///
/// Memory follows the bytes received: no more than twice what has arrived plus 64 KiB is asked for,
/// so that announcing 2^62 bytes costs the announcer more than us.
///
/// Invariant: `received <= capacity`, `received <= length`.
struct GrowingBody: ~Copyable {
    private static let headStart = 64 * 1024
    /// A receive with less room than this, while more is missing, is not worth its system call.
    private static let leastSpace = 16 * 1024

    let length: Int
    private(set) var received = 0
    private var capacity = 0
    private var memory: UnsafeMutableRawPointer?
    private let pool: ChunkPool?

    init(length: Int, pool: ChunkPool?) {
        self.length = length
        self.pool = pool
    }

    deinit {
        if let memory { pool?.giveBack(memory, capacity: capacity) }
    }

    var isComplete: Bool { received == length }
    var missing: Int { length - received }

    /// Copies what came along with the header.
    ///
    /// Returns false when there is no memory for it.
    mutating func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 0 else { return true }
        guard bytes.count <= missing, reserve(roomFor: bytes.count), let memory,
            let source = bytes.baseAddress
        else { return false }
        (memory + received).copyMemory(from: source, byteCount: bytes.count)
        received += bytes.count
        return true
    }

    /// Room for the next receive, or nil when there is no memory.
    mutating func space() -> UnsafeMutableRawBufferPointer? {
        guard reserve(roomFor: 0), let memory else { return nil }
        return UnsafeMutableRawBufferPointer(
            start: memory + received, count: min(capacity, length) - received)
    }

    /// Notes that `count` bytes were received into ``space()``.
    mutating func advance(_ count: Int) {
        received = min(length, received + count)
    }

    /// Hands the finished body over; nothing is left here.
    mutating func finish() -> FrameStorage {
        guard let memory, let pool else { return .make(count: 0) }
        let storage = FrameStorage.adopting(memory, count: length, capacity: capacity, pool: pool)
        self.memory = nil
        capacity = 0
        received = 0
        return storage
    }

    /// Makes room for `count` bytes more, and for a receive behind them.
    private mutating func reserve(roomFor count: Int) -> Bool {
        let arrived = received + count
        let rest = length - arrived
        let needed = arrived + min(rest, Self.leastSpace)
        if needed <= capacity { return true }
        // No less than needed; put so that no sum can overflow.
        let wanted = arrived + min(rest, arrived + Self.headStart)
        if capacity > ChunkPool.largestSize { return growInPlace(to: wanted) }
        guard let pool, let larger = pool.takeMemory(atLeast: wanted),
            let base = larger.baseAddress
        else { return false }
        if let memory {
            base.copyMemory(from: memory, byteCount: received)
            pool.giveBack(memory, capacity: capacity)
        }
        memory = base
        capacity = larger.count
        return true
    }

    /// Blocks too large for the pool are the system's, which can often move pages instead of bytes.
    private mutating func growInPlace(to wanted: Int) -> Bool {
        guard let memory, let larger = PoolMemory.grow(memory, of: capacity, to: wanted)
        else { return false }
        self.memory = larger
        capacity = wanted
        return true
    }
}
