#if canImport(WinSDK)
    import WinSDK

    extension Instant {
        // Fixed when the system starts.
        private static let frequency: Int64 = {
            var frequency = LARGE_INTEGER()
            _ = QueryPerformanceFrequency(&frequency)
            return max(1, frequency.QuadPart)
        }()

        /// The time on the system's performance counter.
        static func now() -> Instant {
            var counter = LARGE_INTEGER()
            _ = QueryPerformanceCounter(&counter)
            let (seconds, rest) = counter.QuadPart.quotientAndRemainder(dividingBy: frequency)
            return Instant(
                nanoseconds: seconds &* 1_000_000_000 &+ rest &* 1_000_000_000 / frequency)
        }
    }
#endif
