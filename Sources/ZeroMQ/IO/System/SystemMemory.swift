import CZeroMQPlatform

#if canImport(WinSDK)
    import WinSDK
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Memory that can grow in place and whose exhaustion is an answer rather than the end.
enum SystemMemory {
    /// Grows (or makes, from nil) a block; nil when there is no memory, the old block then stays.
    static func reallocate(
        _ block: UnsafeMutableRawPointer?, to size: Int
    ) -> UnsafeMutableRawPointer? {
        realloc(block, max(size, 1))
    }

    /// Gives a block of ``reallocate(_:to:)`` back.
    static func free(_ block: UnsafeMutableRawPointer) {
        #if canImport(WinSDK)
            WinSDK.free(block)
        #elseif canImport(Darwin)
            Darwin.free(block)
        #elseif canImport(Musl)
            Musl.free(block)
        #else
            Glibc.free(block)
        #endif
    }

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
