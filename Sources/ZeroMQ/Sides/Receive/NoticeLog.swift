/// The memory into which notices are written: messages of one frame that no peer sent, which the
/// application receives among the others.
///
/// They share chunks, in which those of one peer usually follow each other: a peer may cause very
/// many of them, and an object for each took five times the memory, out of a heap whose end is that
/// of the process. Guarded by the lock of the owner.
struct NoticeLog: ~Copyable {
    private let pool: ChunkPool
    private var chunk: Chunk?
    private var used = 0

    /// Bytes of frames, and what keeps them alive.
    struct Run {
        let owner: Chunk
        let base: UnsafeRawPointer
        let count: Int
    }

    init(pool: ChunkPool) {
        self.pool = pool
    }

    /// Writes a notice; nil when there is no memory for it.
    mutating func write(_ body: UnsafeRawBufferPointer) -> Run? {
        guard let place = reserve(body.count + FrameHeader.longSize) else { return nil }
        let start = place.base + used
        let size = FrameHeader.write(flags: [], length: body.count, to: start)
        if let source = body.baseAddress {
            (start + size).copyMemory(from: source, byteCount: body.count)
        }
        return take(size + body.count, of: place)
    }

    /// Writes a copy of notices; nil when there is no memory for them.
    mutating func copy(_ frames: UnsafeRawBufferPointer) -> Run? {
        guard let source = frames.baseAddress, let place = reserve(frames.count) else { return nil }
        (place.base + used).copyMemory(from: source, byteCount: frames.count)
        return take(frames.count, of: place)
    }

    private mutating func take(_ count: Int, of place: Chunk) -> Run {
        defer { used += count }
        return Run(owner: place, base: UnsafeRawPointer(place.base + used), count: count)
    }

    private mutating func reserve(_ count: Int) -> Chunk? {
        if let chunk, chunk.capacity - used >= count { return chunk }
        // The first few need little.
        let size = chunk == nil ? ChunkPool.smallSize : ChunkPool.fullSize
        guard let fresh = pool.borrowIfAny(atLeast: max(count, size)) else { return nil }
        chunk = fresh
        used = 0
        return fresh
    }
}
