#if canImport(WinSDK)
    import WinSDK
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
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
}
