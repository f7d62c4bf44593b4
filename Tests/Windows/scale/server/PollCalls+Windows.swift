#if canImport(WinSDK)
    import WinSDK

    /// The calls of the plain loop.
    enum PollCalls {
        typealias Entry = WSAPOLLFD

        private static var readable: Int16 { 0x0300 }
        private static var writable: Int16 { 0x0010 }
        private static var nonBlocking: Int32 { Int32(bitPattern: 0x8004_667E) }

        /// What `receive` returns when there is nothing.
        static var nothing: Int { -2 }

        static func entry(_ handle: Handle) -> Entry {
            WSAPOLLFD(fd: System.socket(handle), events: readable, revents: 0)
        }

        static var noEntry: Entry { WSAPOLLFD(fd: INVALID_SOCKET, events: 0, revents: 0) }

        static func handle(_ entry: Entry) -> Handle {
            Handle(raw: Int(bitPattern: UInt(entry.fd)))
        }

        static func isReady(_ entry: Entry) -> Bool {
            entry.revents != 0 && entry.fd != INVALID_SOCKET
        }

        static func wantWrite(_ entry: inout Entry, _ wants: Bool) {
            entry.events = wants ? writable : readable
        }

        static func wait(_ entries: inout [Entry]) -> Int {
            entries.withUnsafeMutableBufferPointer {
                Int(WSAPoll($0.baseAddress, ULONG($0.count), -1))
            }
        }

        static func unblock(_ handle: Handle) {
            var one: ULONG = 1
            _ = ioctlsocket(System.socket(handle), nonBlocking, &one)
        }

        static func accept(_ listener: Handle) -> Handle? {
            let socket = WinSDK.accept(System.socket(listener), nil, nil)
            return socket == INVALID_SOCKET ? nil : Handle(raw: Int(bitPattern: UInt(socket)))
        }

        static func receive(_ handle: Handle, _ memory: UnsafeMutableRawBufferPointer) -> Int {
            let count = recv(
                System.socket(handle), memory.baseAddress?.assumingMemoryBound(to: CHAR.self),
                Int32(memory.count), 0)
            return result(count)
        }

        /// The bytes sent, fewer when it would block; negative for an error.
        static func send(_ handle: Handle, _ bytes: UnsafeRawBufferPointer) -> Int {
            let count = WinSDK.send(
                System.socket(handle), bytes.baseAddress?.assumingMemoryBound(to: CHAR.self),
                Int32(bytes.count), 0)
            let result = result(count)
            return result == nothing ? 0 : result
        }

        private static func result(_ count: Int32) -> Int {
            if count >= 0 { return Int(count) }
            return System.lastSocketCode == CompletionStatus.Code.wsaWouldBlock ? nothing : -1
        }
    }
#endif
