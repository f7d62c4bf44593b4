#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    // Inside Wine too, whose programs have the calls of Linux as well.
    extension RawSocket {
        typealias Descriptor = Int32

        static var lastError: Int32 { errno }
        static var wasInterrupted: Bool { errno == EINTR }
        static var hasTimedOut: Bool { errno == EAGAIN || errno == EWOULDBLOCK }

        static func open(_ place: Place) throws -> Int32 {
            let fd =
                switch place {
                case .port: socket(AF_INET, streamType, 0)
                case .path: socket(AF_UNIX, streamType, 0)
                }
            guard fd >= 0 else { throw RawError.failed("socket", errno) }
            limitTime(fd)
            return fd
        }

        static func limitTime(_ fd: Int32) {
            var limit = timeval(tv_sec: 10, tv_usec: 0)
            let size = socklen_t(MemoryLayout<timeval>.size)
            setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, size)
            setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, size)
        }

        #if !canImport(Darwin) && canImport(Glibc)
            private static var streamType: Int32 { Int32(SOCK_STREAM.rawValue) }
            private static var writing: Int32 { Int32(SHUT_WR) }
        #else
            private static var streamType: Int32 { SOCK_STREAM }
            private static var writing: Int32 { SHUT_WR }
        #endif

        // MARK: Addresses

        private static func withAddress<R>(
            _ place: Place, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
        ) -> R {
            switch place {
            case .port(let port):
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = port.bigEndian
                address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
                return withForm(of: address, count: MemoryLayout<sockaddr_in>.size, body)
            case .path(let path):
                var address = sockaddr_un()
                address.sun_family = sa_family_t(AF_UNIX)
                let isAbstract = path.first == UInt8(ascii: "@")
                withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
                if isAbstract { withUnsafeMutableBytes(of: &address.sun_path) { $0[0] = 0 } }
                let count = isAbstract ? 2 + path.count : MemoryLayout<sockaddr_un>.size
                return withForm(of: address, count: count, body)
            }
        }

        private static func withForm<Address, R>(
            of address: Address, count: Int, _ body: (UnsafePointer<sockaddr>, socklen_t) -> R
        ) -> R {
            withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(count)) }
            }
        }

        static func port(of fd: Int32) -> UInt16 {
            var address = sockaddr_in()
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            _ = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(fd, $0, &size) }
            }
            return UInt16(bigEndian: address.sin_port)
        }

        // MARK: Options

        static func setReuseAddress(_ fd: Int32) { set(fd, SO_REUSEADDR, 1) }
        static func setReceiveBuffer(_ fd: Int32, _ size: Int32) { set(fd, SO_RCVBUF, size) }

        private static func set(_ fd: Int32, _ option: Int32, _ value: Int32) {
            var value = value
            setsockopt(fd, SOL_SOCKET, option, &value, socklen_t(MemoryLayout<Int32>.size))
        }

        /// Closing then sends a reset instead of an orderly end.
        static func resetOnClose(_ fd: Int32) {
            var value = linger(l_onoff: 1, l_linger: 0)
            setsockopt(fd, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
        }

        // MARK: Calls

        static func connects(_ fd: Int32, to place: Place) -> Bool {
            withAddress(place) { systemConnect(fd, $0, $1) == 0 }
        }

        static func listens(_ fd: Int32, at place: Place) -> Bool {
            withAddress(place) { bind(fd, $0, $1) == 0 } && listen(fd, 128) == 0
        }

        /// Nil when nobody came.
        static func accept(_ fd: Int32) -> Int32? {
            let accepted = systemAccept(fd)
            return accepted < 0 ? nil : accepted
        }

        static func endWriting(_ fd: Int32) { _ = shutdown(fd, writing) }

        static func close(_ fd: Int32) { _ = systemClose(fd) }

        static func receive(_ fd: Int32, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
            recv(fd, bytes.baseAddress, bytes.count, 0)
        }

        static func send(_ fd: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
            #if canImport(Darwin)
                systemSend(fd, bytes, 0)
            #else
                systemSend(fd, bytes, Int32(MSG_NOSIGNAL))
            #endif
        }
    }

    // Here no method of the same name hides them.

    private func systemConnect(
        _ fd: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
    ) -> Int32 {
        connect(fd, address, size)
    }

    private func systemAccept(_ fd: Int32) -> Int32 { accept(fd, nil, nil) }

    private func systemClose(_ fd: Int32) -> Int32 { close(fd) }

    private func systemSend(_ fd: Int32, _ bytes: UnsafeRawBufferPointer, _ flags: Int32) -> Int {
        send(fd, bytes.baseAddress, bytes.count, flags)
    }
#endif
