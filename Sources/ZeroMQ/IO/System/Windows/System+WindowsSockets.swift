#if canImport(WinSDK)
    import WinSDK

    extension System {
        @inline(__always)
        static func socket(_ handle: Handle) -> SOCKET {
            SOCKET(truncatingIfNeeded: UInt(bitPattern: handle.raw))
        }

        /// Winsock has to be started once in a process; 0, or the code why it could not be.
        static let socketsStartCode: Int32 = {
            var data = WSADATA()
            return WSAStartup(0x0202, &data)
        }()

        // MARK: Opening

        /// Opens a stream socket for overlapped operations that no child process inherits.
        static func openSocket(family: Int32) throws(IOError) -> Handle {
            if socketsStartCode != 0 {
                throw IOError(systemCode: socketsStartCode, during: .openSocket)
            }
            let proto: Int32 = family == 1 ? 0 : 6
            let fresh = WSASocketW(
                family, 1, proto, nil, 0,
                DWORD(WSA_FLAG_OVERLAPPED) | DWORD(WSA_FLAG_NO_HANDLE_INHERIT))
            if fresh == INVALID_SOCKET { throw .lastSocketError(during: .openSocket) }
            return Handle(raw: Int(bitPattern: UInt(fresh)))
        }

        /// Opens a socket that listens, with its options set before it is bound.
        static func openListener(
            _ address: SocketAddress, _ options: ListenOptions
        ) throws(IOError) -> Handle {
            let handle = try openSocket(family: address.family)
            do throws(IOError) {
                if !address.isLocal {
                    setExclusive(handle)
                    if address.isIPv6 { try setIPv6Only(handle, options.ipv6Only) }
                    if options.stream.device != nil || options.reusesPort {
                        throw IOError(.unsupported, during: .setOption)
                    }
                }
                setBuffers(handle, options.stream)
                try bind(handle, to: address)
                if listen(socket(handle), max(1, options.backlog)) != 0 {
                    throw IOError.lastSocketError(during: .listen)
                }
            } catch {
                close(handle)
                throw error
            }
            return handle
        }

        /// Opens a socket to connect with. It is bound in any case: `ConnectEx` wants it so.
        static func openStream(
            for address: SocketAddress, _ options: StreamOptions
        ) throws(IOError) -> Handle {
            let handle = try openSocket(family: address.family)
            do throws(IOError) {
                tune(handle, options, isLocal: address.isLocal)
                if options.device != nil, !address.isLocal {
                    throw IOError(.unsupported, during: .setOption)
                }
                if !address.isLocal {
                    let source = options.source.flatMap { $0.family == address.family ? $0 : nil }
                    try bind(handle, to: source ?? (address.isIPv6 ? .anyIPv6 : .anyIPv4))
                }
            } catch {
                close(handle)
                throw error
            }
            return handle
        }

        /// Opens a stream socket.
        static func openSocket(for address: SocketAddress) throws(IOError) -> Handle {
            try openSocket(family: address.family)
        }

        /// Connects, waiting for as long as it takes; for local addresses, where that is no time.
        ///
        /// - Returns: 0, or the error's code.
        static func startConnect(_ handle: Handle, to address: SocketAddress) -> Int32 {
            let code = address.withSockaddr { WinSDK.connect(socket(handle), $0, $1) }
            return code == 0 ? 0 : lastSocketCode
        }

        private static func bind(_ handle: Handle, to address: SocketAddress) throws(IOError) {
            let code = address.withSockaddr { WinSDK.bind(socket(handle), $0, $1) }
            if code != 0 { throw .lastSocketError(during: .bind) }
        }

        // MARK: Closing

        static func shutdownSend(_ handle: Handle) { _ = shutdown(socket(handle), 1) }

        static func close(_ handle: Handle) { _ = closesocket(socket(handle)) }

        // MARK: State

        /// Not known here: the system tells what is on its way, but not what waits to be sent.
        static func unacknowledgedBytes(of handle: Handle) -> Int { 0 }

        /// Bytes received that nobody has read; nil where that is not known.
        static func unreadBytes(of handle: Handle) -> Int? {
            var count: ULONG = 0
            // `FIONREAD`
            return ioctlsocket(socket(handle), 0x4004_667F, &count) == 0 ? Int(count) : nil
        }

        /// Whether a handle is that of a socket.
        static func isSocket(_ handle: Handle) -> Bool {
            var type: Int32 = 0
            var length = Int32(MemoryLayout<Int32>.size)
            return withUnsafeMutableBytes(of: &type) { bytes in
                // `SO_TYPE`
                getsockopt(
                    socket(handle), 0xFFFF, 0x1008,
                    bytes.baseAddress?.assumingMemoryBound(to: CHAR.self), &length) == 0
            }
        }

        /// Waits until a socket can be read, has come to its end, or is broken.
        ///
        /// - Returns: false when time was up.
        static func waitReadable(_ handle: Handle, milliseconds: Int32) -> Bool {
            // `POLLRDNORM`
            var entry = WSAPOLLFD(fd: socket(handle), events: 0x0100, revents: 0)
            return WSAPoll(&entry, 1, milliseconds) != 0
        }

        static func localAddress(of handle: Handle) -> SocketAddress? {
            readAddress { getsockname(socket(handle), $0, $1) }
        }

        static func peerAddress(of handle: Handle) -> SocketAddress? {
            readAddress { getpeername(socket(handle), $0, $1) }
        }

        private static func readAddress(
            _ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<Int32>) -> Int32
        ) -> SocketAddress? {
            withUnsafeTemporaryAllocation(
                byteCount: SocketAddress.formSize, alignment: 8
            ) { bytes in
                bytes.initializeMemory(as: UInt8.self, repeating: 0)
                var length = Int32(bytes.count)
                let base = bytes.baseAddress.unsafelyUnwrapped
                guard call(base.assumingMemoryBound(to: sockaddr.self), &length) == 0 else {
                    return nil
                }
                return SocketAddress(
                    UnsafeRawBufferPointer(
                        start: base, count: max(0, min(Int(length), bytes.count))))
            }
        }
    }
#endif
