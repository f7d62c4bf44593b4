#if !canImport(WinSDK)
    import CZeroMQPlatform

    /// What the backends have in common whose kernel tells of readiness.
    ///
    /// Operations are tried at once and wait for an event only after `EAGAIN`. A read that comes
    /// back short has drained the socket, so no second call finds that out. What can go on without
    /// an event stands in a ready list: each entry gets one receive (or 64 accepts) a turn, and
    /// after a few turns of that the kernel is asked again, so that nobody starves.
    ///
    /// A backend adds the kernel's set of descriptors and the wait, turns events into the calls
    /// under "Events", and overrides the two steps in which kernels differ. All else is called
    /// statically.
    class ReadinessPoller: @unchecked Sendable {
        // Used on the I/O thread alone; what any thread may call touches none of it.

        final var entries = EntryTable<ReadinessEntry>()
        /// Entries that can go on without a new event.
        final var ready: [ReadinessEntry] = []
        /// Entries whose `.retired` is due.
        final var retiring: [ReadinessEntry] = []
        /// Outcomes for the next `wait` to hand out.
        final var collected: [Completion] = []
        final var isClosed = false
        /// See ``Poller/descriptorReserve``.
        final var descriptorReserve = usualDescriptorReserve
        /// Turns since the kernel was last asked.
        final var turnsWithoutPoll = 0

        /// Throws nothing itself: a backend opens its part of the kernel in here.
        init() throws(IOError) {}

        // MARK: The kernel's part

        /// An entry has begun to wait until it can be written to, connected, or both.
        func awaitWritable(_ entry: ReadinessEntry) {}

        /// Takes an entry that is being retired out of the kernel's set.
        func forget(_ entry: ReadinessEntry) {}

        /// Lets go of all entries that are kept for a later turn: there is none any more.
        func forgetAll() {}

        // MARK: Any thread

        final func sendNow(_ handle: Handle, _ vectors: UnsafeBufferPointer<IOVector>) -> Int {
            guard !vectors.isEmpty else { return 0 }
            let count = Int32(min(vectors.count, maximumSendVectors))
            return max(0, Int(zeromq_send(System.descriptor(handle), vectors.baseAddress, count)))
        }

        // MARK: Entries

        final var entryCount: Int { entries.count }

        final func isLive(_ entry: EntryID) -> Bool { entries[entry] != nil }

        /// Enters a handle into the table; the kernel knows nothing of it yet.
        final func insert(
            _ handle: Handle, _ handler: any IOHandler, owned: Bool
        ) throws(IOError) -> ReadinessEntry {
            if isClosed { throw IOError(.closed, during: .register) }
            return entries.insert { id in
                ReadinessEntry(id: id, handle: handle, isOwned: owned, handler: handler)
            }
        }

        @inline(__always)
        final func complete(_ entry: ReadinessEntry, _ outcome: IOOutcome) {
            collected.append(Completion(entry: entry, outcome: outcome))
        }

        /// Puts an entry into the ready list, once.
        @inline(__always)
        final func enqueue(_ entry: ReadinessEntry) {
            guard !entry.flags.contains(.queued) else { return }
            entry.flags.insert(.queued)
            ready.append(entry)
        }
    }
#endif
