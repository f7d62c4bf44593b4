#if canImport(WinSDK)
#elseif canImport(Darwin)
    import CZeroMQPlatform
    import Darwin
#elseif canImport(Glibc)
    import CZeroMQPlatform
    import Glibc
#elseif canImport(Musl)
    import CZeroMQPlatform
    import Musl
#endif

#if !canImport(WinSDK)
    extension System {
        #if !canImport(Darwin) && canImport(Glibc)
            static var streamType: Int32 { Int32(SOCK_STREAM.rawValue) }
            private static var shutdownWrite: Int32 { Int32(SHUT_WR) }
        #else
            static var streamType: Int32 { SOCK_STREAM }
            private static var shutdownWrite: Int32 { SHUT_WR }
        #endif

        /// The error the calling thread's last call left.
        private static func lastError(during operation: IOOperation) -> IOError {
            IOError(systemCode: errno, during: operation)
        }

        @inline(__always)
        static func descriptor(_ handle: Handle) -> Int32 { Int32(truncatingIfNeeded: handle.raw) }

        /// The handle behind a descriptor that the caller of the library uses.
        static func foreignHandle(_ descriptor: Int32) -> Handle { Handle(raw: Int(descriptor)) }

        // MARK: Opening

        /// Opens a stream socket, non-blocking and closed on exec.
        static func openSocket(for address: SocketAddress) throws(IOError) -> Handle {
            let fd = zeromq_socket(address.family, streamType)
            if fd < 0 { throw IOError(systemCode: -fd, during: .openSocket) }
            return Handle(raw: Int(fd))
        }

        /// Opens a socket that listens, with its options set before it is bound.
        static func openListener(
            _ address: SocketAddress, _ options: ListenOptions
        ) throws(IOError) -> Handle {
            let handle = try openSocket(for: address)
            do throws(IOError) {
                if !address.isLocal {
                    try setReuseAddress(handle)
                    if options.reusesPort { try setReusePort(handle) }
                    if address.isIPv6 { try setIPv6Only(handle, options.ipv6Only) }
                    if let device = options.stream.device { try bindToDevice(handle, device) }
                }
                setBuffers(handle, options.stream)
                try bind(handle, to: address)
                if listen(descriptor(handle), max(1, options.backlog)) < 0 {
                    throw lastError(during: .listen)
                }
            } catch {
                close(handle)
                throw error
            }
            return handle
        }

        /// Opens a socket to connect with, bound to the source and device the options name.
        static func openStream(
            for address: SocketAddress, _ options: StreamOptions
        ) throws(IOError) -> Handle {
            let handle = try openSocket(for: address)
            do throws(IOError) {
                tune(handle, options, isLocal: address.isLocal)
                if let device = options.device, !address.isLocal {
                    try bindToDevice(handle, device)
                }
                if let source = options.source, source.family == address.family {
                    // Several connections may leave from one address and port, as they did before.
                    if source.port != 0 { try setReuseAddress(handle) }
                    try bind(handle, to: source)
                }
            } catch {
                close(handle)
                throw error
            }
            return handle
        }

        private static func bind(_ handle: Handle, to address: SocketAddress) throws(IOError) {
            if bindOnce(handle, to: address) != 0 { throw lastError(during: .bind) }
        }

        private static func bindOnce(_ handle: Handle, to address: SocketAddress) -> Int32 {
            #if canImport(Darwin)
                address.withSockaddr { Darwin.bind(descriptor(handle), $0, $1) }
            #elseif canImport(Glibc)
                address.withSockaddr { Glibc.bind(descriptor(handle), $0, $1) }
            #else
                address.withSockaddr { Musl.bind(descriptor(handle), $0, $1) }
            #endif
        }

        // MARK: Connecting and closing

        /// Starts to connect.
        ///
        /// - Returns: 0 when connected, else the error's code (`inProgressCode` as a rule).
        static func startConnect(_ handle: Handle, to address: SocketAddress) -> Int32 {
            #if canImport(Darwin)
                let code = address.withSockaddr { Darwin.connect(descriptor(handle), $0, $1) }
            #elseif canImport(Glibc)
                let code = address.withSockaddr { Glibc.connect(descriptor(handle), $0, $1) }
            #else
                let code = address.withSockaddr { Musl.connect(descriptor(handle), $0, $1) }
            #endif
            return code == 0 ? 0 : errno
        }

        /// Takes the error a socket has pending; 0 for none.
        static func takeError(_ handle: Handle) -> Int32 {
            var code: Int32 = 0
            var length = socklen_t(MemoryLayout<Int32>.size)
            if getsockopt(descriptor(handle), SOL_SOCKET, SO_ERROR, &code, &length) < 0 {
                return errno
            }
            return code
        }

        /// Ends the sending direction; an error means that the connection is gone already.
        static func shutdownSend(_ handle: Handle) {
            _ = shutdown(descriptor(handle), shutdownWrite)
        }

        /// Closes a handle. It is gone whatever the call says, `EINTR` included.
        static func close(_ handle: Handle) {
            #if canImport(Darwin)
                _ = Darwin.close(descriptor(handle))
            #elseif canImport(Glibc)
                _ = Glibc.close(descriptor(handle))
            #else
                _ = Musl.close(descriptor(handle))
            #endif
        }

        // MARK: State

        /// Bytes sent that the peer's system has not acknowledged, a FIN counting as one.
        static func unacknowledgedBytes(of handle: Handle) -> Int {
            max(0, Int(zeromq_unacknowledged(descriptor(handle))))
        }

        /// Bytes received that nobody has read; nil where that is not known.
        static func unreadBytes(of handle: Handle) -> Int? {
            let bytes = zeromq_unread(descriptor(handle))
            return bytes < 0 ? nil : Int(bytes)
        }

        static func localAddress(of handle: Handle) -> SocketAddress? {
            readAddress { getsockname(descriptor(handle), $0, $1) }
        }

        static func peerAddress(of handle: Handle) -> SocketAddress? {
            readAddress { getpeername(descriptor(handle), $0, $1) }
        }

        private static func readAddress(
            _ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
        ) -> SocketAddress? {
            var store = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let code = withUnsafeMutablePointer(to: &store) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &length) }
            }
            guard code == 0 else { return nil }
            return withUnsafeBytes(of: &store) {
                SocketAddress(UnsafeRawBufferPointer(rebasing: $0.prefix(Int(length))))
            }
        }
    }
#endif
