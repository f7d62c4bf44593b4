#if !canImport(WinSDK) && canImport(Darwin)
    import Darwin

    /// The backend of macOS and its kin: kqueue.
    ///
    /// Reading is registered once for each owned descriptor and edge-triggered (`EV_CLEAR`).
    /// Writing is not: such an edge would come with every acknowledgement, needed or not. It is
    /// asked for when a send has met `EAGAIN` or a connect is under way, for one event
    /// (`EV_DISPATCH`), and the request travels with the next wait, so it costs no call.
    ///
    /// Descriptors that are not owned are watched one event at a time (`EV_ONESHOT`), asked for in
    /// the same way, and keep their mode.
    final class KqueuePoller: ReadinessPoller, Poller, @unchecked Sendable {
        // `queue` never changes; all else is used on the I/O thread alone.

        let queue: KernelQueue
        /// Entries the kernel is to be asked about with the next wait.
        var asking: [ReadinessEntry] = []
        /// Foreign entries that were being watched when it was last looked.
        private var watchers: [ReadinessEntry] = []
        /// The changes of the next call.
        var changes: [KernelEvent] = []
        let events: UnsafeMutableBufferPointer<KernelEvent>

        override init() throws(IOError) {
            queue = try KernelQueue()
            events = .allocate(capacity: KernelQueue.capacity)
        }

        // Not in `close`: until nobody knows this poller any more, somebody may call `wake`.
        deinit {
            events.deallocate()
            queue.close()
        }

        // MARK: Any thread

        func wake() { queue.wake() }

        // MARK: Entries

        func register(
            _ handle: Handle, _ handler: any IOHandler, owned: Bool
        ) throws(IOError) -> EntryID {
            let entry = try insert(handle, handler, owned: owned)
            // A foreign descriptor is added when it is first watched.
            guard owned else { return entry.id }
            let code = queue.change(.read(entry, KernelEvent.add | KernelEvent.clear))
            if code != 0 {
                entries.remove(entry)
                throw IOError(systemCode: code, during: .register)
            }
            entry.flags.insert(.registered)
            return entry.id
        }

        func watch(_ entry: EntryID) {
            guard let entry = entries[entry], !entry.flags.contains(.watching) else { return }
            entry.flags.insert(.watching)
            if !entry.flags.contains(.registered) {
                // At its end a regular file would not be reported; nor does reading it ever wait.
                if System.isRegularFile(entry.handle) { entry.flags.insert(.alwaysReadable) }
                entry.flags.insert(.registered)
            }
            if entry.flags.contains(.alwaysReadable) {
                finishWatch(entry)
            } else if isWatchedByAnother(entry) {
                failWatch(entry, System.existsCode)
            } else {
                watchers.append(entry)
                ask(entry)
            }
        }

        /// Whether another entry watches this one's descriptor: the kernel would replace it, and
        /// tell it nothing any more.
        private func isWatchedByAnother(_ entry: ReadinessEntry) -> Bool {
            // This one is here still if it has watched before.
            watchers.removeAll {
                $0 === entry || $0.isRetired || !$0.flags.contains(.watching)
            }
            return watchers.contains { $0.handle == entry.handle }
        }

        override func awaitWritable(_ entry: ReadinessEntry) { ask(entry) }

        /// Has the kernel asked with the next wait.
        private func ask(_ entry: ReadinessEntry) {
            guard !entry.flags.contains(.asking) else { return }
            entry.flags.insert(.asking)
            asking.append(entry)
        }

        override func forget(_ entry: ReadinessEntry) {
            // Closing a descriptor, as is done with those that are owned, takes it out by itself.
            guard !entry.isOwned, entry.flags.contains(.watching) else { return }
            watchers.removeAll { $0 === entry }
            // Fails where the kernel has not been asked yet.
            _ = queue.change(.read(entry, KernelEvent.delete))
        }

        override func forgetAll() {
            // An entry's handler keeps this poller alive, by way of its thread.
            asking.removeAll()
            watchers.removeAll()
        }
    }
#endif
