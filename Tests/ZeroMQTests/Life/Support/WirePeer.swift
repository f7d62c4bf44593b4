#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Synchronization

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    struct WirePeerError: Error, CustomStringConvertible {
        let description: String

        init(_ what: String, _ code: Int32 = errno) {
            description = "\(what): errno \(code)"
        }
    }

    /// The other end of a stream made of system calls alone: it shares no code with the library.
    final class WirePeer: Sendable {
        enum End: Equatable { case orderly, reset }

        struct Frame: Equatable {
            var flags: UInt8
            var body: [UInt8]
        }

        let descriptor: Int32
        private let isOpen = Atomic(true)

        init(adopting descriptor: Int32) {
            self.descriptor = descriptor
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
            var one: Int32 = 1
            setsockopt(
                descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one,
                socklen_t(MemoryLayout<Int32>.size))
        }

        deinit { close() }

        /// Connects to a tcp endpoint such as the library's `bind` returns.
        convenience init(to endpoint: String) throws {
            let port = endpoint.split(separator: ":").last.flatMap { UInt16($0) } ?? 0
            let descriptor = socket(AF_INET, wireStream, 0)
            guard descriptor >= 0 else { throw WirePeerError("socket") }
            var address = WireListener.loopback(port: port)
            let code = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
                }
            }
            guard code == 0 else {
                let error = WirePeerError("connect")
                systemClose(descriptor)
                throw error
            }
            self.init(adopting: descriptor)
        }

        /// Connects and does the NULL handshake.
        static func established(
            to endpoint: String, as type: String, identity: [UInt8]? = nil
        ) async throws -> WirePeer {
            let peer = try WirePeer(to: endpoint)
            try await peer.shakeHands(as: type, identity: identity)
            return peer
        }

        /// The NULL handshake, up to the end of the other side's READY, which is returned.
        @discardableResult
        func shakeHands(as type: String, identity: [UInt8]? = nil, minor: UInt8 = 1) async throws
            -> Frame
        {
            try await send(
                WireText.greeting(minor: minor) + WireText.ready(type, identity: identity))
            _ = try await receive(64)
            return try await receiveFrame()
        }

        // MARK: Sending

        func send(_ bytes: [UInt8], within limit: Duration = patience) async throws {
            let deadline = ContinuousClock.now + limit
            var sent = 0
            while sent < bytes.count {
                let count = sendOnce(bytes, from: sent)
                if count > 0 {
                    sent += count
                    continue
                }
                guard count == 0, ContinuousClock.now < deadline else {
                    throw WirePeerError("send of \(bytes.count), \(sent) sent")
                }
                try await Task.sleep(for: .milliseconds(1))
            }
        }

        /// Sends until the other side does not take any more, or has closed.
        func sendAsMuchAsFits(_ bytes: [UInt8]) -> Int {
            var sent = 0
            while sent < bytes.count {
                let count = sendOnce(bytes, from: sent)
                if count <= 0 { break }
                sent += count
            }
            return sent
        }

        /// The count taken, 0 when it would block, negative on an error.
        private func sendOnce(_ bytes: [UInt8], from start: Int) -> Int {
            bytes.withUnsafeBytes { buffer in
                let rest = UnsafeRawBufferPointer(rebasing: buffer[start...])
                let count = systemSend(descriptor, rest)
                if count >= 0 { return count }
                return errno == EAGAIN || errno == EINTR ? 0 : -1
            }
        }

        // MARK: Receiving

        enum Input { case bytes([UInt8]), nothing, ended(End) }

        func receiveOnce(_ most: Int = 65536) -> Input {
            var buffer = [UInt8](repeating: 0, count: most)
            let count = recv(descriptor, &buffer, most, 0)
            if count > 0 { return .bytes(Array(buffer.prefix(count))) }
            if count == 0 { return .ended(.orderly) }
            return errno == EAGAIN || errno == EINTR ? .nothing : .ended(.reset)
        }

        func receive(_ count: Int, within limit: Duration = patience) async throws -> [UInt8] {
            let deadline = ContinuousClock.now + limit
            var bytes: [UInt8] = []
            while bytes.count < count {
                switch receiveOnce(count - bytes.count) {
                case .bytes(let more): bytes += more
                case .ended(let end):
                    throw WirePeerError("\(end) end after \(bytes.count) of \(count) bytes", 0)
                case .nothing:
                    guard ContinuousClock.now < deadline else {
                        throw WirePeerError("\(bytes.count) of \(count) bytes in time", 0)
                    }
                    try await Task.sleep(for: .milliseconds(1))
                }
            }
            return bytes
        }

        func receiveFrame(within limit: Duration = patience) async throws -> Frame {
            let head = try await receive(2, within: limit)
            guard head[0] & 2 != 0 else {
                return Frame(flags: head[0], body: try await receive(Int(head[1]), within: limit))
            }
            let rest = [head[1]] + (try await receive(7, within: limit))
            let length = rest.reduce(0) { $0 << 8 | Int($1) }
            return Frame(flags: head[0], body: try await receive(length, within: limit))
        }

        /// Reads to the end; nil if it does not come in time.
        func waitForEnd(
            within limit: Duration = patience
        ) async -> (end: End, rest: [UInt8])? {
            let deadline = ContinuousClock.now + limit
            var rest: [UInt8] = []
            while ContinuousClock.now < deadline {
                switch receiveOnce() {
                case .bytes(let more): rest += more
                case .ended(let end): return (end, rest)
                case .nothing: try? await Task.sleep(for: .milliseconds(1))
                }
            }
            return nil
        }

        // MARK: Ending

        func shutdownSend() { shutdown(descriptor, Int32(SHUT_WR)) }

        func close() {
            if isOpen.exchange(false, ordering: .acquiringAndReleasing) { systemClose(descriptor) }
        }

        /// Closes with a reset.
        func reset() {
            var option = linger(l_onoff: 1, l_linger: 0)
            setsockopt(
                descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
            close()
        }
    }

    /// A listening socket made of system calls alone, on a port of the system's choice or a given
    /// one.
    final class WireListener: Sendable {
        let descriptor: Int32
        let port: UInt16
        private let isOpen = Atomic(true)

        var endpoint: String { "tcp://127.0.0.1:\(port)" }

        /// A port that refuses connections, and is nobody else's, until `open` is called.
        static func refusing() throws -> WireListener { try WireListener(listens: false) }

        init(listens: Bool = true) throws {
            descriptor = socket(AF_INET, wireStream, 0)
            guard descriptor >= 0 else { throw WirePeerError("socket") }
            var one: Int32 = 1
            setsockopt(
                descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
            var address = Self.loopback(port: 0)
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            let descriptor = descriptor
            let code = withUnsafeMutablePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                    if bind(descriptor, address, size) != 0 { return Int32(-1) }
                    return getsockname(descriptor, address, &size)
                }
            }
            guard code == 0, !listens || listen(descriptor, 64) == 0 else {
                let error = WirePeerError("bind")
                systemClose(descriptor)
                throw error
            }
            self.port = UInt16(bigEndian: address.sin_port)
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        }

        deinit { close() }

        func open() { _ = listen(descriptor, 64) }

        /// A connection that waits already.
        func acceptNow() -> WirePeer? {
            let stream = systemAccept(descriptor)
            return stream >= 0 ? WirePeer(adopting: stream) : nil
        }

        func accept(within limit: Duration = patience) async throws -> WirePeer {
            let deadline = ContinuousClock.now + limit
            while true {
                if let peer = acceptNow() { return peer }
                guard ContinuousClock.now < deadline else { throw WirePeerError("accept") }
                try await Task.sleep(for: .milliseconds(1))
            }
        }

        func close() {
            if isOpen.exchange(false, ordering: .acquiringAndReleasing) { systemClose(descriptor) }
        }

        static func loopback(port: UInt16) -> sockaddr_in {
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            return address
        }
    }

    /// An endpoint that refuses connections for as long as the process lives: a port that is merely
    /// free may be another test's a moment later.
    func refusingEndpoint() throws -> String {
        let listener = try WireListener.refusing()
        refusing.withLock { $0.append(listener) }
        return listener.endpoint
    }

    private let refusing = Locked<[WireListener]>([])

    // Close-on-exec from the start: the child processes of exit tests must not hold these open.
    #if canImport(Glibc)
        private let wireStream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    #elseif canImport(Musl)
        private let wireStream = SOCK_STREAM | SOCK_CLOEXEC
    #else
        private let wireStream = SOCK_STREAM
    #endif

    private func systemClose(_ descriptor: Int32) { _ = close(descriptor) }

    private func systemAccept(_ descriptor: Int32) -> Int32 {
        let stream = accept(descriptor, nil, nil)
        if stream >= 0 { _ = fcntl(stream, F_SETFD, FD_CLOEXEC) }
        return stream
    }

    private func systemSend(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Darwin)
            return send(descriptor, bytes.baseAddress, bytes.count, 0)
        #else
            return send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
        #endif
    }
#endif
