#if canImport(WinSDK)
#elseif canImport(Glibc) || canImport(Musl)
    import CZeroMQPlatform
#endif

/// The system's calls, one thin function each; the only place besides the backends that knows the
/// platform.
///
/// What fails throws an `IOError`, classified in `System+Errors.swift`.
enum System {
    #if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
        /// Tells the processor that this thread spins.
        @inline(__always)
        static func pause() { zeromq_pause() }
    #endif
}
