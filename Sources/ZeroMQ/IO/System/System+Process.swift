#if canImport(WinSDK)
    import WinSDK
#elseif canImport(Darwin)
    import CZeroMQPlatform
    import Darwin
#elseif canImport(Musl)
    import CZeroMQPlatform
    import Musl
#else
    import CZeroMQPlatform
    import Glibc
#endif

extension System {
    /// The number of this process.
    static var processID: Int {
        #if canImport(WinSDK)
            Int(GetCurrentProcessId())
        #else
            Int(getpid())
        #endif
    }

    /// How many forks lie between this process and the one that began to watch them: one load.
    @inline(__always)
    static var forks: UInt32 {
        #if canImport(WinSDK)
            0
        #else
            zeromq_forks()
        #endif
    }

    /// Has `prepare` run before each fork, and then `parent` in the parent and `child`, where no
    /// other thread is left, in the child. Once in a process.
    static func watchForks(
        prepare: @escaping @convention(c) () -> Void, parent: @escaping @convention(c) () -> Void,
        child: @escaping @convention(c) () -> Void
    ) {
        #if !canImport(WinSDK)
            // Fails without memory only; making sockets still looks at the number of the process.
            _ = zeromq_watch_forks(prepare, parent, child)
        #endif
    }
}
