#if canImport(WinSDK)
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    /// What only io_uring says.
    extension System {
        static var timerExpiredCode: Int32 { ETIME }
        static var busyCode: Int32 { EBUSY }
        static var noMemoryCode: Int32 { ENOMEM }
        static var noBuffersCode: Int32 { ENOBUFS }
        static var cancelledCode: Int32 { ECANCELED }
        static var invalidArgumentCode: Int32 { EINVAL }
        static var notImplementedCode: Int32 { ENOSYS }
        static var unsupportedCode: Int32 { EOPNOTSUPP }

        /// A send that finds no reader raises no signal.
        static var sendFlags: UInt32 { 0x4000 }
    }
#endif
