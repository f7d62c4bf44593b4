/// The heap storage of one frame body: immutable once a ``Frame`` holds it.
///
/// Bodies are tail-allocated, one allocation for object and bytes. A body that arrived piece by
/// piece brings memory of its own, which grew with the bytes received.
final class FrameStorage: ManagedBuffer<FrameStorageHeader, UInt8> {
    /// Storage with room for `count` bytes, not yet written.
    @inline(__always)
    static func make(count: Int) -> FrameStorage {
        let buffer = FrameStorage.create(minimumCapacity: count) { buffer in
            buffer.withUnsafeMutablePointerToElements {
                FrameStorageHeader(base: UnsafeMutableRawPointer($0), count: count)
            }
        }
        return unsafeDowncast(buffer, to: FrameStorage.self)
    }

    /// Storage with a copy of `bytes`.
    static func make(copying bytes: UnsafeRawBufferPointer) -> FrameStorage {
        let block = make(count: bytes.count)
        if let source = bytes.baseAddress {
            block.base.copyMemory(from: source, byteCount: bytes.count)
        }
        return block
    }

    /// Storage that takes over `base`, a block of `capacity` bytes that `pool` has lent.
    static func adopting(
        _ base: UnsafeMutableRawPointer, count: Int, capacity: Int, pool: ChunkPool
    ) -> FrameStorage {
        let buffer = FrameStorage.create(minimumCapacity: 0) { _ in
            FrameStorageHeader(base: base, count: count, capacity: capacity, pool: pool)
        }
        return unsafeDowncast(buffer, to: FrameStorage.self)
    }

    deinit {
        guard let pool = fixed.pointee.pool else { return }
        pool.giveBack(fixed.pointee.base, capacity: fixed.pointee.capacity)
    }

    // The header never changes, so nobody has to check that it does not while it is read: that
    // took 20 ns a message.
    @inline(__always)
    private var fixed: UnsafeMutablePointer<FrameStorageHeader> {
        withUnsafeMutablePointerToHeader { $0 }
    }

    @inline(__always)
    var base: UnsafeMutableRawPointer { fixed.pointee.base }

    @inline(__always)
    var count: Int { fixed.pointee.count }

    @inline(__always)
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: base, count: count)
    }
}

/// What a ``FrameStorage`` knows of its bytes.
struct FrameStorageHeader {
    var base: UnsafeMutableRawPointer
    var count: Int
    /// Where `base` goes back to, when it is not the tail of the object.
    var capacity = 0
    var pool: ChunkPool?
}
