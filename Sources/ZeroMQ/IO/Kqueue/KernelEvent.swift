#if !canImport(WinSDK) && canImport(Darwin)
    import Darwin

    /// One change of a kernel queue, or one event out of it.
    ///
    /// The form with 64 bits of user data on every processor: they hold the entry's id, generation
    /// included, so an event that was on its way when its entry was retired finds nobody.
    typealias KernelEvent = kevent64_s

    extension kevent64_s {
        static var add: Int32 { EV_ADD | EV_ENABLE }
        static var delete: Int32 { EV_DELETE }
        /// Told at each change, and not again until the next.
        static var clear: Int32 { EV_CLEAR }
        /// Told once, then disabled until it is added again.
        static var dispatch: Int32 { EV_DISPATCH }
        /// Told once, then deleted.
        static var oneShot: Int32 { EV_ONESHOT }

        static func read(_ entry: ReadinessEntry, _ flags: Int32) -> KernelEvent {
            KernelEvent(entry, EVFILT_READ, flags)
        }

        static func write(_ entry: ReadinessEntry, _ flags: Int32) -> KernelEvent {
            KernelEvent(entry, EVFILT_WRITE, flags)
        }

        /// The event that `wake` triggers.
        static func wake(flags: Int32, filterFlags: Int32) -> KernelEvent {
            var event = KernelEvent()
            event.filter = Int16(truncatingIfNeeded: EVFILT_USER)
            event.flags = UInt16(truncatingIfNeeded: flags)
            event.fflags = UInt32(truncatingIfNeeded: filterFlags)
            return event
        }

        private init(_ entry: ReadinessEntry, _ filter: Int32, _ flags: Int32) {
            self.init()
            ident = UInt64(truncatingIfNeeded: entry.descriptor)
            self.filter = Int16(truncatingIfNeeded: filter)
            self.flags = UInt16(truncatingIfNeeded: flags)
            udata = UInt64(entry.id.generation) << 32 | UInt64(entry.id.index)
        }

        // MARK: Events

        var id: EntryID {
            EntryID(
                index: UInt32(truncatingIfNeeded: udata),
                generation: UInt32(truncatingIfNeeded: udata >> 32))
        }

        var isWake: Bool { Int32(filter) == EVFILT_USER }
        var isWrite: Bool { Int32(filter) == EVFILT_WRITE }

        /// Whether the direction has ended: closed by the peer, or broken.
        var isEnd: Bool { Int32(flags) & EV_EOF != 0 }

        /// The socket's error at its end; 0 for an orderly one.
        var endCode: Int32 { isEnd ? Int32(truncatingIfNeeded: fflags) : 0 }

        /// What a change failed with; nil for an event.
        var error: Int32? {
            Int32(flags) & EV_ERROR == 0 ? nil : Int32(truncatingIfNeeded: data)
        }
    }
#endif
