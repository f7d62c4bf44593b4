#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The Linux backend: epoll, edge-triggered, each descriptor registered once.
    ///
    /// Operations are tried at once and wait for an edge only after `EAGAIN`. A read that comes
    /// back short has drained the socket, so no second call finds that out. What can go on without
    /// an edge stands in a ready list: each entry gets one receive (or 64 accepts) a turn, and
    /// after a few turns of that the kernel is asked again, so that nobody starves.
    ///
    /// Descriptors that are not owned are watched one event at a time (`EPOLLONESHOT`) and keep
    /// their mode: standard input is shared with other programs, who did not ask for `O_NONBLOCK`.
    final class EpollPoller: Poller, @unchecked Sendable {
        // `epoll` and `event` never change; all else is used on the I/O thread alone.

        /// Events taken from the kernel in one call.
        private static let eventCapacity = 256

        /// Stands for the wake-up counter among the events' data.
        static let wakeData = UInt64.max

        let epoll: Int32
        /// Edge-triggered, so it is written but never read: each write is an edge.
        let event: Int32

        var entries = EntryTable<EpollEntry>()
        /// Entries that can go on without a new edge.
        var ready: [EpollEntry] = []
        /// Entries whose `.retired` is due.
        var retiring: [EpollEntry] = []
        /// Outcomes for the next `wait` to hand out.
        var collected: [Completion] = []
        var isClosed = false
        /// Turns since the kernel was last asked.
        var turnsWithoutPoll = 0
        let events: UnsafeMutableBufferPointer<epoll_event>

        init() throws(IOError) {
            let epoll = zeromq_epoll_create()
            if epoll < 0 { throw IOError(systemCode: -epoll, during: .openPoller) }
            let event = zeromq_eventfd()
            var code = event
            if event >= 0 {
                code = zeromq_epoll_control(
                    epoll, EPOLL_CTL_ADD, event, ZEROMQ_EPOLLIN | ZEROMQ_EPOLLET, Self.wakeData)
            }
            if code < 0 {
                if event >= 0 { System.close(Handle(raw: Int(event))) }
                System.close(Handle(raw: Int(epoll)))
                throw IOError(systemCode: -code, during: .openPoller)
            }
            self.epoll = epoll
            self.event = event
            events = .allocate(capacity: Self.eventCapacity)
        }

        // Not in `close`: until nobody knows this poller any more, somebody may call `wake`.
        deinit {
            events.deallocate()
            System.close(Handle(raw: Int(event)))
            System.close(Handle(raw: Int(epoll)))
        }

        // MARK: Any thread

        func sendNow(_ handle: Handle, _ vectors: UnsafeBufferPointer<IOVector>) -> Int {
            guard !vectors.isEmpty else { return 0 }
            let count = Int32(min(vectors.count, maximumSendVectors))
            return max(0, Int(zeromq_send(System.descriptor(handle), vectors.baseAddress, count)))
        }

        func wake() {
            // Nothing can be done about a failure: the counter is ours and its writes cannot block.
            _ = zeromq_eventfd_signal(event)
        }

        // MARK: Entries

        var entryCount: Int { entries.count }

        func isLive(_ entry: EntryID) -> Bool { entries[entry] != nil }

        func register(
            _ handle: Handle, _ handler: any IOHandler, owned: Bool
        ) throws(IOError) -> EntryID {
            if isClosed { throw IOError(.closed, during: .register) }
            let entry = entries.insert { id in
                EpollEntry(id: id, handle: handle, isOwned: owned, handler: handler)
            }
            // A foreign descriptor is added when it is first watched.
            guard owned else { return entry.id }
            let interest =
                ZEROMQ_EPOLLIN | ZEROMQ_EPOLLOUT | ZEROMQ_EPOLLRDHUP | ZEROMQ_EPOLLET
            let code = control(EPOLL_CTL_ADD, entry, interest)
            if code == 0 {
                entry.flags.insert(.registered)
            } else if code == System.notPermittedCode {
                entry.flags.insert(.alwaysReadable)
            } else {
                entries.remove(entry)
                throw IOError(systemCode: code, during: .register)
            }
            return entry.id
        }

        /// Changes the epoll set.
        ///
        /// - Returns: 0, or the error's code.
        func control(_ operation: Int32, _ entry: EpollEntry, _ interest: UInt32) -> Int32 {
            let data = UInt64(entry.id.generation) << 32 | UInt64(entry.id.index)
            return -zeromq_epoll_control(epoll, operation, entry.descriptor, interest, data)
        }

        @inline(__always)
        func complete(_ entry: EpollEntry, _ outcome: IOOutcome) {
            collected.append(Completion(entry: entry, outcome: outcome))
        }

        /// Puts an entry into the ready list, once.
        @inline(__always)
        func enqueue(_ entry: EpollEntry) {
            guard !entry.flags.contains(.queued) else { return }
            entry.flags.insert(.queued)
            ready.append(entry)
        }
    }
#endif
