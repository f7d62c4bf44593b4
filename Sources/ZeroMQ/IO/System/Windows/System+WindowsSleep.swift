#if canImport(WinSDK)
    import Synchronization
    import WinSDK

    extension System {
        /// Sleeps while `word` holds `value`: until woken, or the deadline has passed.
        ///
        /// May return early; callers look at the word again.
        ///
        /// - Returns: false when time was up.
        @discardableResult
        static func sleep(
            on word: borrowing Atomic<UInt32>, while value: UInt32, until deadline: Instant?
        ) -> Bool {
            var milliseconds = DWORD.max
            if let deadline, deadline != .distantFuture {
                let left = deadline.duration(since: .now()).clampedNanoseconds
                if left <= 0 { return false }
                milliseconds = DWORD(clamping: min(left / 1_000_000 + 1, 0x7FFF_FFFF))
            }
            var expected = value
            // An atomic lives in its own memory, so the borrowed address is the one others see.
            let isWoken = withUnsafePointer(to: word) { word in
                WaitOnAddress(
                    UnsafeMutableRawPointer(mutating: UnsafeRawPointer(word)), &expected, 4,
                    milliseconds)
            }
            return isWoken || GetLastError() != DWORD(CompletionStatus.Code.timeout)
        }

        /// Wakes one thread that sleeps on `word`.
        static func wakeOne(on word: borrowing Atomic<UInt32>) {
            withUnsafePointer(to: word) {
                WakeByAddressSingle(UnsafeMutableRawPointer(mutating: UnsafeRawPointer($0)))
            }
        }
    }
#endif
