/// A block of memory into which frames are encoded or received.
///
/// Chunks are lent by a ``ChunkPool``. Whoever holds a segment of one holds a reference; when the
/// last is gone the memory returns to its pool.
final class Chunk: @unchecked Sendable {
    // Unchecked: the bytes are written by one owner before they are shared, and read only after.
    let base: UnsafeMutableRawPointer
    let capacity: Int
    private let pool: ChunkPool

    init(base: UnsafeMutableRawPointer, capacity: Int, pool: ChunkPool) {
        self.base = base
        self.capacity = capacity
        self.pool = pool
    }

    deinit {
        pool.giveBack(base, capacity: capacity)
    }
}
