#if !canImport(WinSDK)
    import Glibc

    /// The calls of the plain loop.
    enum PollCalls {
        typealias Entry = pollfd

        /// What `receive` returns when there is nothing.
        static var nothing: Int { -2 }

        static func entry(_ handle: Handle) -> Entry {
            pollfd(fd: System.descriptor(handle), events: Int16(POLLIN), revents: 0)
        }

        static var noEntry: Entry { pollfd(fd: -1, events: 0, revents: 0) }

        static func handle(_ entry: Entry) -> Handle { Handle(raw: Int(entry.fd)) }

        static func isReady(_ entry: Entry) -> Bool { entry.revents != 0 }

        static func wantWrite(_ entry: inout Entry, _ wants: Bool) {
            entry.events = wants ? Int16(POLLOUT) : Int16(POLLIN)
        }

        static func wait(_ entries: inout [Entry]) -> Int {
            Int(poll(&entries, nfds_t(entries.count), -1))
        }

        static func unblock(_ handle: Handle) {
            let descriptor = System.descriptor(handle)
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }

        static func accept(_ listener: Handle) -> Handle? {
            let descriptor = Glibc.accept(System.descriptor(listener), nil, nil)
            if descriptor < 0 { return nil }
            let handle = Handle(raw: Int(descriptor))
            unblock(handle)
            return handle
        }

        static func receive(_ handle: Handle, _ memory: UnsafeMutableRawBufferPointer) -> Int {
            result(recv(System.descriptor(handle), memory.baseAddress, memory.count, 0))
        }

        /// The bytes sent, fewer when it would block; negative for an error.
        static func send(_ handle: Handle, _ bytes: UnsafeRawBufferPointer) -> Int {
            let flags = Int32(MSG_NOSIGNAL)
            let count = result(
                Glibc.send(System.descriptor(handle), bytes.baseAddress, bytes.count, flags))
            return count == nothing ? 0 : count
        }

        private static func result(_ count: Int) -> Int {
            if count >= 0 { return count }
            return errno == EAGAIN || errno == EINTR ? nothing : -1
        }
    }
#endif
