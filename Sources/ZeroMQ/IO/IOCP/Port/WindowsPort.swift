#if canImport(WinSDK)
    import WinSDK

    /// The completion port of Windows.
    final class WindowsPort: CompletionPort, @unchecked Sendable {
        // Unchecked: immutable; the calls behind it are for any thread.

        private let port: HANDLE
        private let acceptEx: LPFN_ACCEPTEX
        private let connectEx: LPFN_CONNECTEX
        /// Whether the system sends no packet for what it does at once.
        private let skipsPackets: Bool

        /// - Parameter skipsPackets: whether it is asked to, where that can be relied on.
        init(skipsPackets: Bool = true) throws(IOError) {
            guard let port = CreateIoCompletionPort(INVALID_HANDLE_VALUE, nil, 0, 1) else {
                throw IOError(systemCode: System.lastCode, during: .openPoller)
            }
            do throws(IOError) {
                (acceptEx, connectEx) = try Extensions.load()
            } catch {
                _ = CloseHandle(port)
                throw error
            }
            self.port = port
            self.skipsPackets = skipsPackets && Self.canSkipPackets
        }

        deinit { _ = CloseHandle(port) }

        // MARK: Packets

        func associate(_ handle: Handle) -> Int32 {
            let key = ULONG_PTR(PortPacket.operationKey)
            guard let file = HANDLE(bitPattern: handle.raw),
                CreateIoCompletionPort(file, port, key, 0) != nil,
                !skipsPackets || Self.skipPackets(file)
            else { return System.lastCode }
            return 0
        }

        func dequeue(
            _ packets: UnsafeMutableBufferPointer<PortPacket>, _ milliseconds: UInt32
        ) -> (code: Int32, count: Int) {
            guard let base = packets.baseAddress else { return (0, 0) }
            var count: ULONG = 0
            let isDone = base.withMemoryRebound(
                to: OVERLAPPED_ENTRY.self, capacity: packets.count
            ) {
                GetQueuedCompletionStatusEx(
                    port, $0, ULONG(packets.count), &count, milliseconds, false)
            }
            if isDone { return (0, Int(count)) }
            let code = System.lastCode
            return (code == CompletionStatus.Code.waitTimeout ? 0 : code, 0)
        }

        func post(key: UInt) -> Int32 {
            PostQueuedCompletionStatus(port, 0, ULONG_PTR(key), nil) ? 0 : System.lastCode
        }

        func failure(of block: OverlappedBlock.Pointer, on handle: Handle) -> Int32 {
            var bytes: DWORD = 0
            var flags: DWORD = 0
            let isDone = withOverlapped(block) {
                WSAGetOverlappedResult(System.socket(handle), $0, &bytes, false, &flags)
            }
            return isDone ? 0 : System.lastSocketCode
        }

        // MARK: Starting operations

        func startReceive(
            _ handle: Handle, _ pieces: UnsafeBufferPointer<ReceiveBuffers.Piece>,
            _ block: OverlappedBlock.Pointer
        ) -> Int32 {
            var flags: DWORD = 0
            return withBuffers(pieces.count, { (pieces[$0].base, pieces[$0].count) }) { buffers in
                withOverlapped(block) {
                    WSARecv(
                        System.socket(handle), buffers.baseAddress, DWORD(buffers.count), nil,
                        &flags, $0, nil)
                }
            }
        }

        func startSend(
            _ handle: Handle, _ pieces: UnsafeBufferPointer<IOVector>,
            _ block: OverlappedBlock.Pointer
        ) -> Int32 {
            withBuffers(
                pieces.count,
                { (UnsafeMutableRawPointer(mutating: pieces[$0].base), pieces[$0].count) }
            ) { buffers in
                withOverlapped(block) {
                    WSASend(
                        System.socket(handle), buffers.baseAddress, DWORD(buffers.count), nil, 0,
                        $0, nil)
                }
            }
        }

        func startAccept(
            _ listener: Handle, into fresh: Handle, _ addresses: UnsafeMutableRawPointer,
            _ block: OverlappedBlock.Pointer
        ) -> Int32 {
            var received: DWORD = 0
            let room = DWORD(Self.acceptAddressBytes / 2)
            let isDone = withOverlapped(block) {
                acceptEx(
                    System.socket(listener), System.socket(fresh), addresses, 0, room, room,
                    &received, $0)
            }
            return isDone.boolValue ? successCode : System.lastSocketCode
        }

        func startConnect(
            _ handle: Handle, to address: SocketAddress, _ block: OverlappedBlock.Pointer
        ) -> Int32 {
            if address.isLocal { return connectLocally(handle, to: address, block) }
            var sent: DWORD = 0
            let isDone = address.withSockaddr { form, length in
                withOverlapped(block) {
                    connectEx(System.socket(handle), form, length, nil, 0, &sent, $0)
                }
            }
            return isDone.boolValue ? successCode : System.lastSocketCode
        }

        /// `ConnectEx` does not know local sockets. Their connect takes no time, and the packet is
        /// posted.
        private func connectLocally(
            _ handle: Handle, to address: SocketAddress, _ block: OverlappedBlock.Pointer
        ) -> Int32 {
            let code = System.startConnect(handle, to: address)
            if code != 0 { return code }
            let isPosted = withOverlapped(block) {
                PostQueuedCompletionStatus(port, 0, ULONG_PTR(PortPacket.operationKey), $0)
            }
            return isPosted ? 0 : System.lastCode
        }

        func cancel(_ handle: Handle) {
            // That nothing is pending is no failure: the packets are on their way then.
            if let file = HANDLE(bitPattern: handle.raw) { _ = CancelIoEx(file, nil) }
        }

        func startWatch(_ handle: Handle, key: UInt) throws(IOError) -> any PortWatch {
            try WaitingThread(on: handle, port: self, key: key)
        }

        // MARK: Plumbing

        private func withOverlapped<R>(
            _ block: OverlappedBlock.Pointer, _ body: (UnsafeMutablePointer<OVERLAPPED>) -> R
        ) -> R {
            body(UnsafeMutableRawPointer(block).assumingMemoryBound(to: OVERLAPPED.self))
        }

        /// Calls `body` with the system's form of the pieces; returns 0 or the code.
        private func withBuffers(
            _ count: Int, _ piece: (Int) -> (UnsafeMutableRawPointer?, Int),
            _ body: (UnsafeMutableBufferPointer<WSABUF>) -> Int32
        ) -> Int32 {
            withUnsafeTemporaryAllocation(of: WSABUF.self, capacity: maximumSendVectors) { room in
                let used = min(count, room.count)
                for index in 0..<used {
                    let (base, length) = piece(index)
                    room[index] = WSABUF(
                        len: ULONG(clamping: length), buf: base?.assumingMemoryBound(to: CHAR.self))
                }
                let result = body(UnsafeMutableBufferPointer(rebasing: room[..<used]))
                return result == 0 ? successCode : System.lastSocketCode
            }
        }

        /// What an operation that was done at once returns.
        private var successCode: Int32 { skipsPackets ? Self.doneCode : 0 }
    }
#endif
