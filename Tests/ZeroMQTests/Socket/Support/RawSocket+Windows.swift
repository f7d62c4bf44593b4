#if !canImport(Glibc) && canImport(WinSDK)
    import WinSDK

    extension RawSocket {
        typealias Descriptor = SOCKET

        static var lastError: Int32 { WSAGetLastError() }
        static var wasInterrupted: Bool { false }
        // WSAETIMEDOUT, WSAEWOULDBLOCK
        static var hasTimedOut: Bool { lastError == 10060 || lastError == 10035 }

        private static let startCode: Int32 = {
            var data = WSADATA()
            return WSAStartup(0x0202, &data)
        }()

        static func open(_ place: Place) throws -> SOCKET {
            guard case .port = place else { throw RawError.failed("no local sockets", 0) }
            guard startCode == 0 else { throw RawError.failed("start", startCode) }
            let fd = socket(AF_INET, SOCK_STREAM, 0)
            guard fd != INVALID_SOCKET else { throw RawError.failed("socket", lastError) }
            limitTime(fd)
            return fd
        }

        static func limitTime(_ fd: SOCKET) {
            // Milliseconds.
            set(fd, SO_RCVTIMEO, 10_000)
            set(fd, SO_SNDTIMEO, 10_000)
        }

        // MARK: Addresses

        private static func withAddress<R>(
            _ place: Place, _ body: (UnsafePointer<sockaddr>, Int32) -> R
        ) -> R? {
            guard case .port(let port) = place else { return nil }
            var address = sockaddr_in()
            address.sin_family = ADDRESS_FAMILY(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.S_un.S_addr = UInt32(0x7F00_0001).bigEndian
            return withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, Int32(MemoryLayout<sockaddr_in>.size))
                }
            }
        }

        static func port(of fd: SOCKET) -> UInt16 {
            var address = sockaddr_in()
            var size = Int32(MemoryLayout<sockaddr_in>.size)
            _ = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(fd, $0, &size) }
            }
            return UInt16(bigEndian: address.sin_port)
        }

        // MARK: Options

        /// Windows would let two sockets listen at once; a closed port is free there at once.
        static func setReuseAddress(_ fd: SOCKET) {}
        static func setReceiveBuffer(_ fd: SOCKET, _ size: Int32) { set(fd, SO_RCVBUF, size) }

        private static func set(_ fd: SOCKET, _ option: Int32, _ value: Int32) {
            withUnsafeBytes(of: value) {
                _ = setsockopt(
                    fd, SOL_SOCKET, option, $0.baseAddress?.assumingMemoryBound(to: CChar.self),
                    Int32($0.count))
            }
        }

        /// Closing then sends a reset instead of an orderly end.
        static func resetOnClose(_ fd: SOCKET) {
            withUnsafeBytes(of: linger(l_onoff: 1, l_linger: 0)) {
                _ = setsockopt(
                    fd, SOL_SOCKET, SO_LINGER,
                    $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
            }
        }

        // MARK: Calls

        static func connects(_ fd: SOCKET, to place: Place) -> Bool {
            withAddress(place) { WinSDK.connect(fd, $0, $1) == 0 } ?? false
        }

        static func listens(_ fd: SOCKET, at place: Place) -> Bool {
            withAddress(place) { WinSDK.bind(fd, $0, $1) == 0 } ?? false && listen(fd, 128) == 0
        }

        /// Nil when nobody came.
        static func accept(_ fd: SOCKET) -> SOCKET? {
            // An accept has no time limit of its own here.
            var waiting = pollfd(fd: fd, events: Int16(0x0100 | 0x0200), revents: 0)
            guard WSAPoll(&waiting, 1, 10_000) > 0 else { return nil }
            let accepted = WinSDK.accept(fd, nil, nil)
            return accepted == INVALID_SOCKET ? nil : accepted
        }

        static func endWriting(_ fd: SOCKET) { _ = shutdown(fd, 1) }

        static func close(_ fd: SOCKET) { _ = closesocket(fd) }

        static func receive(_ fd: SOCKET, _ bytes: UnsafeMutableRawBufferPointer) -> Int {
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return Int(recv(fd, base, Int32(clamping: bytes.count), 0))
        }

        static func send(_ fd: SOCKET, _ bytes: UnsafeRawBufferPointer) -> Int {
            let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            return Int(WinSDK.send(fd, base, Int32(clamping: bytes.count), 0))
        }
    }
#endif
