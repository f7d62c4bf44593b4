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
            #if canImport(Darwin)
                // What is called monotonic there goes on while the machine sleeps.
                return Instant(
                    nanoseconds: Int64(
                        truncatingIfNeeded: clock_gettime_nsec_np(CLOCK_UPTIME_RAW)))
            #else
                var time = timespec()
                clock_gettime(CLOCK_MONOTONIC, &time)
                return Instant(
                    nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
            #endif
        }
    }
#endif
