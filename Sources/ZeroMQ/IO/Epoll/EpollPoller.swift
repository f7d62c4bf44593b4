#if !canImport(WinSDK) && !canImport(Darwin) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The Linux backend: epoll, edge-triggered, each descriptor registered once.
    ///
    /// Every edge is asked for from the start: Linux raises one for writing only to who has met
    /// `EAGAIN`.
    ///
    /// Descriptors that are not owned are watched one event at a time (`EPOLLONESHOT`) and keep
    /// their mode: standard input is shared with other programs, who did not ask for `O_NONBLOCK`.
    final class EpollPoller: ReadinessPoller, Poller, @unchecked Sendable {
        // `epoll` and `event` never change; the events are the I/O thread's alone.

        /// Events taken from the kernel in one call.
        private static let eventCapacity = 256

        /// Stands for the wake-up counter among the events' data.
        static let wakeData = UInt64.max

        let epoll: Int32
        /// Edge-triggered, so it is written but never read: each write is an edge.
        let event: Int32

        let events: UnsafeMutableBufferPointer<epoll_event>

        var mayChangeThread: Bool { true }

        override init() throws(IOError) {
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

        var name: StaticString { "epoll" }

        // MARK: Any thread

        func wake() {
            // Nothing can be done about a failure: the counter is ours and its writes cannot block.
            _ = zeromq_eventfd_signal(event)
        }

        // MARK: Entries

        func register(
            _ handle: Handle, _ handler: any IOHandler, owned: Bool
        ) throws(IOError) -> EntryID {
            let entry = try insert(handle, handler, owned: owned)
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
        func control(_ operation: Int32, _ entry: ReadinessEntry, _ interest: UInt32) -> Int32 {
            let data = UInt64(entry.id.generation) << 32 | UInt64(entry.id.index)
            return -zeromq_epoll_control(epoll, operation, entry.descriptor, interest, data)
        }

        override func forget(_ entry: ReadinessEntry) {
            // Closing alone would not do: a forked child may hold a copy of the descriptor.
            if entry.flags.contains(.registered) { _ = control(EPOLL_CTL_DEL, entry, 0) }
        }
    }
#endif
