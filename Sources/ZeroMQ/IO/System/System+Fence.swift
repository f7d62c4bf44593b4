#if os(Linux) && !canImport(WinSDK)
    import CZeroMQPlatform
#endif

/// A memory barrier that one thread executes for all: whoever needs it seldom pays for those who
/// would need one all the time.
extension System {
    /// Prepares ``fenceThreads()``; false where the system has no such call, or does not give it.
    static func prepareFence() -> Bool {
        #if os(Linux) && !canImport(WinSDK)
            zeromq_fence_prepare() == 0
        #else
            false
        #endif
    }

    /// Has every running thread of the process execute a memory barrier; false when the system
    /// would not. Takes microseconds.
    static func fenceThreads() -> Bool {
        #if os(Linux) && !canImport(WinSDK)
            zeromq_fence_threads() == 0
        #else
            false
        #endif
    }

    /// Has the compiler keep the order of the memory accesses before and after; the other side of
    /// ``fenceThreads()``.
    @inline(__always)
    static func fenceCompiler() {
        #if os(Linux) && !canImport(WinSDK)
            zeromq_fence_compiler()
        #endif
    }
}
