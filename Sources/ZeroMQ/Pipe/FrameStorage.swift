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
                FrameStorageHeader(base: UnsafeMutableRawPointer($0), count: count, isForeign: false)
            }
        }
        return unsafeDowncast(buffer, to: FrameStorage.self)
    }

    /// Storage that takes over `base`, which must come from `malloc`.
    static func adopting(_ base: UnsafeMutableRawPointer, count: Int) -> FrameStorage {
        let buffer = FrameStorage.create(minimumCapacity: 0) { _ in
            FrameStorageHeader(base: base, count: count, isForeign: true)
        }
        return unsafeDowncast(buffer, to: FrameStorage.self)
    }

    deinit {
        if header.isForeign { SystemMemory.free(header.base) }
    }

    @inline(__always)
    var base: UnsafeMutableRawPointer { header.base }

    @inline(__always)
    var count: Int { header.count }

    @inline(__always)
    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: header.base, count: header.count)
    }
}

/// What a ``FrameStorage`` knows of its bytes.
struct FrameStorageHeader {
    var base: UnsafeMutableRawPointer
    var count: Int
    /// Whether `base` is an allocation of its own rather than the tail of the object.
    var isForeign: Bool
}
