import CZeroMQPlatform

/// Memory that can grow in place and whose exhaustion is an answer rather than the end.
enum SystemMemory {
    // Blocks from this size on are pages of their own, which leave the process when they are given
    // back. A heap keeps what lies free below a block in use: after a burst of 1 GiB of queued
    // messages all of it stayed.
    private static let ownPages = 64 * 1024
    private static let pageSize: UInt = 4096
    // The heap of Windows has pages of its own for large blocks, and gives them back by itself.
    private static var hasPages: Bool {
        #if canImport(WinSDK)
            false
        #else
            true
        #endif
    }
    private static let mostOffPage = 1024 * 1024 + 4096

    /// A block of memory; nil when there is none.
    static func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
        if size < ownPages || !hasPages { return zeromq_heap_allocate(max(size, 1)) }
        // A process may run out of mappings with memory left; then the heap may have some.
        return zeromq_pages_allocate(size) ?? (size <= mostOffPage ? allocateOffPage(size) : nil)
    }

    /// The same where there has to be one: without memory this is the end, as it is for an array.
    static func allocateOrEnd(_ size: Int) -> UnsafeMutableRawPointer {
        if let block = allocate(size) { return block }
        let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
        guard isPages(block, size) else { return block }
        // Held meanwhile, or the same would come again.
        defer { block.deallocate() }
        return allocateOrEnd(size)
    }

    /// Makes a block of `size` bytes larger; nil when there is no memory, it then stays.
    static func grow(
        _ block: UnsafeMutableRawPointer, of size: Int, to larger: Int
    ) -> UnsafeMutableRawPointer? {
        if isPages(block, size) { return zeromq_pages_grow(block, size, larger) }
        guard let fresh = allocate(larger) else { return nil }
        fresh.copyMemory(from: block, byteCount: min(size, larger))
        free(block, of: size)
        return fresh
    }

    /// Gives a block of `size` bytes back.
    static func free(_ block: UnsafeMutableRawPointer, of size: Int) {
        // Whoever gets the same pages next may touch them.
        note(block, of: size, isLent: true)
        if isPages(block, size) { return zeromq_pages_free(block, size) }
        zeromq_heap_free(block)
    }

    /// A large block of the heap, for want of pages, is told from them by where it begins.
    private static func isPages(_ block: UnsafeMutableRawPointer, _ size: Int) -> Bool {
        hasPages && size >= ownPages && UInt(bitPattern: block) % pageSize == 0
    }

    private static func allocateOffPage(_ size: Int) -> UnsafeMutableRawPointer? {
        guard let block = zeromq_heap_allocate(size) else { return nil }
        if !isPages(block, size) { return block }
        // Too rare to try again; and a heap may have no others of this size.
        zeromq_heap_free(block)
        return nil
    }

    /// Has the heap give back what lies free in it; the more there is, the longer it takes.
    static func trimHeap() { zeromq_heap_trim() }

    /// Tells the address sanitizer whether a block that is kept for later may be touched.
    @inline(__always)
    static func note(_ block: UnsafeMutableRawPointer, of size: Int, isLent: Bool) {
        #if DEBUG
            if isLent {
                zeromq_asan_unpoison(block, size)
            } else {
                zeromq_asan_poison(block, size)
            }
        #endif
    }
}
