#if !canImport(WinSDK)
    import CZeroMQPlatform
#endif

/// The system's calls, one thin function each; the only place besides the backends that knows the
/// platform.
///
/// What fails throws an `IOError`, classified in `System+Errors.swift`.
enum System {
    #if !canImport(WinSDK)
        /// Tells the processor that this thread spins.
        @inline(__always)
        static func pause() { zeromq_pause() }
    #endif
}
