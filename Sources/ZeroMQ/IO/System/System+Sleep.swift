#if !canImport(WinSDK)
    import CZeroMQPlatform
    import Synchronization

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
            var nanoseconds: Int64 = -1
            if let deadline, deadline != .distantFuture {
                nanoseconds = max(0, deadline.nanoseconds)
            }
            // An atomic lives in its own memory, so the borrowed address is the one others see.
            let code = withUnsafePointer(to: word) {
                zeromq_futex_wait(UnsafeRawPointer($0), value, nanoseconds)
            }
            return code != -timedOutCode
        }

        /// Wakes one thread that sleeps on `word`.
        static func wakeOne(on word: borrowing Atomic<UInt32>) {
            withUnsafePointer(to: word) { zeromq_futex_wake(UnsafeRawPointer($0), 1) }
        }
    }
#endif
