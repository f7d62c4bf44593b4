#if canImport(WinSDK)
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

#if !canImport(WinSDK)
    extension Instant {
        /// The time on the system's monotonic clock, which stands still while the machine sleeps.
        @inline(__always)
        static func now() -> Instant {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return Instant(nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
        }
    }
#endif
