#if !canImport(WinSDK) && canImport(Darwin)
    import Darwin

    /// A kernel event queue, with the one event that wakes whoever waits on it.
    struct KernelQueue {
        /// The most events, and the most changes, of one call.
        static var capacity: Int { 256 }

        /// In seconds; the kernel refuses much longer ones.
        private static var longestWait: Int64 { 86400 }

        private let descriptor: Int32

        init() throws(IOError) {
            descriptor = kqueue()
            if descriptor < 0 { throw IOError(systemCode: errno, during: .openPoller) }
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            let code = change(.wake(flags: EV_ADD | EV_CLEAR, filterFlags: 0))
            if code != 0 {
                close()
                throw IOError(systemCode: code, during: .openPoller)
            }
        }

        func close() { System.close(Handle(raw: Int(descriptor))) }

        /// Ends the current or the next wait. Any thread.
        func wake() {
            // Nothing can be done about a failure: the event is ours and is there.
            _ = change(.wake(flags: 0, filterFlags: NOTE_TRIGGER))
        }

        /// Makes one change at once.
        ///
        /// - Returns: 0, or the error's code.
        func change(_ event: KernelEvent) -> Int32 {
            // Without a place for events it takes none, and a failure is the call's own.
            withUnsafePointer(to: event) {
                kevent64(descriptor, $0, 1, nil, 0, 0, nil) < 0 ? errno : 0
            }
        }

        /// Makes changes and takes events, waiting for so many nanoseconds (negative: for ever).
        ///
        /// - Returns: the number of events, or an error's code, negative.
        func exchange(
            _ changes: ArraySlice<KernelEvent>, _ events: UnsafeMutableBufferPointer<KernelEvent>,
            timeout: Int64
        ) -> Int32 {
            changes.withUnsafeBufferPointer { changes in
                let count = Int32(truncatingIfNeeded: changes.count)
                let capacity = Int32(truncatingIfNeeded: events.count)
                if timeout < 0 {
                    return result(
                        kevent64(
                            descriptor, changes.baseAddress, count, events.baseAddress, capacity,
                            0, nil))
                }
                let seconds = min(timeout / 1_000_000_000, Self.longestWait)
                var time = timespec(
                    tv_sec: Int(seconds), tv_nsec: Int(timeout % 1_000_000_000))
                return result(
                    kevent64(
                        descriptor, changes.baseAddress, count, events.baseAddress, capacity, 0,
                        &time))
            }
        }

        private func result(_ count: Int32) -> Int32 { count < 0 ? -errno : count }
    }
#endif
