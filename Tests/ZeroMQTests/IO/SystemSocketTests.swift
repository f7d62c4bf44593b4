#if os(Linux) && !canImport(WinSDK)
    import Glibc
    import Testing

    @testable import ZeroMQ

    /// Options as the system sees them, and the paths of local sockets.
    @Suite struct SystemSocketTests {
        private func option(_ handle: Handle, _ level: Int32, _ name: Int32) -> Int32 {
            var value: Int32 = -1
            var length = socklen_t(MemoryLayout<Int32>.size)
            getsockopt(Int32(handle.raw), level, name, &value, &length)
            return value
        }

        @Test func streamOptionsReachTheSystem() throws {
            let loop = try TestLoop(.systemTCP)
            var options = StreamOptions()
            options.keepAlive.isEnabled = true
            options.keepAlive.idle = .seconds(77)
            options.keepAlive.interval = .seconds(5)
            options.keepAlive.count = 4
            options.typeOfService = 0x10
            options.priority = 3
            options.maximumRetransmitTime = .milliseconds(1234)
            options.sendBuffer = 20_000
            options.receiveBuffer = 30_000
            let connection = try TestConnection(loop, options: options)
            loop.poller.tune(connection.server.handle, options)
            for handle in [connection.client.handle, connection.server.handle] {
                let tcp = Int32(IPPROTO_TCP)
                #expect(option(handle, tcp, TCP_NODELAY) == 1)
                #expect(option(handle, SOL_SOCKET, SO_KEEPALIVE) == 1)
                #expect(option(handle, tcp, TCP_KEEPIDLE) == 77)
                #expect(option(handle, tcp, TCP_KEEPINTVL) == 5)
                #expect(option(handle, tcp, TCP_KEEPCNT) == 4)
                #expect(option(handle, Int32(IPPROTO_IP), IP_TOS) == 0x10)
                #expect(option(handle, SOL_SOCKET, SO_PRIORITY) == 3)
                #expect(option(handle, tcp, TCP_USER_TIMEOUT) == 1234)
                // The kernel doubles what it is asked for.
                #expect(option(handle, SOL_SOCKET, SO_SNDBUF) == 40_000)
                #expect(option(handle, SOL_SOCKET, SO_RCVBUF) == 60_000)
            }
        }

        @Test func connectsFromTheSource() throws {
            let loop = try TestLoop(.systemTCP)
            var options = StreamOptions()
            options.source = SocketAddress("127.0.0.7:0")
            let connection = try TestConnection(loop, options: options)
            #expect(connection.client.localAddress?.host == "127.0.0.7")
            options.source = SocketAddress("192.0.2.1:0")
            let error = #expect(throws: IOError.self) {
                try loop.poller.openStream(for: .anyIPv4, options)
            }
            #expect(error?.kind == .addressNotAvailable)
        }

        @Test func unknownDeviceIsAnError() throws {
            let loop = try TestLoop(.systemTCP)
            var options = StreamOptions()
            for device in ["no-such-dev", "", "much-too-long-a-name"] {
                options.device = device
                #expect(throws: IOError.self) { try loop.poller.openStream(for: .anyIPv4, options) }
            }
        }

        @Test func dualStackListenerTakesBothFamilies() throws {
            let loop = try TestLoop(.systemTCP)
            let handle = try loop.poller.openListener(.anyIPv6, ListenOptions())
            let listener = try TestEnd(loop, adopting: handle)
            loop.poller.accept(on: listener.id)
            let port = try #require(listener.localAddress).port
            let four = try TestEnd.connecting(
                loop, to: SocketAddress(ipv4: 0x7f00_0001, port: port))
            let six = try TestEnd.connecting(loop, to: SocketAddress(ipv6: 0, 1, port: port))
            loop.run { listener.accepted.count == 2 && four.isConnected && six.isConnected }
            for handle in listener.accepted { loop.poller.close(handle) }
        }

        @Test func onlyIPv6LeavesIPv4Alone() throws {
            let loop = try TestLoop(.systemTCP)
            var options = ListenOptions()
            options.ipv6Only = true
            let handle = try loop.poller.openListener(.anyIPv6, options)
            defer { loop.poller.close(handle) }
            let port = try #require(loop.poller.localAddress(of: handle)).port
            let four = try TestEnd.connecting(
                loop, to: SocketAddress(ipv4: 0x7f00_0001, port: port))
            loop.run { four.connectError != nil }
            #expect(four.connectError?.kind == .refused)
        }

        // MARK: Paths

        private func freshPath(_ name: String) -> [UInt8] {
            Array("/tmp/zeromq-test-\(System.processID)-\(name)".utf8)
        }

        @Test func aTakenPathIsNeverTakenOver() throws {
            let loop = try TestLoop(.systemTCP)
            let path = freshPath("stale")
            let address = try #require(SocketAddress(path: path))
            // Closed, but its path stays, as after a crash: what to do about that is not decided here.
            loop.poller.close(try loop.poller.openListener(address, ListenOptions()))
            defer { unlink(String(decoding: path, as: UTF8.self)) }
            let error = #expect(throws: IOError.self) {
                try loop.poller.openListener(address, ListenOptions())
            }
            #expect(error?.kind == .addressInUse)
        }

        @Test func otherFilesAreNotTouched() throws {
            let loop = try TestLoop(.systemTCP)
            let path = freshPath("file")
            let name = String(decoding: path, as: UTF8.self)
            let fd = open(name, O_CREAT | O_WRONLY, 0o600)
            try #require(fd >= 0)
            Glibc.close(fd)
            defer { unlink(name) }
            let address = try #require(SocketAddress(path: path))
            let error = #expect(throws: IOError.self) {
                try loop.poller.openListener(address, ListenOptions())
            }
            #expect(error?.kind == .addressInUse)
            #expect(access(name, F_OK) == 0)
        }

        @Test func missingFolderIsAnError() throws {
            let loop = try TestLoop(.systemTCP)
            let address = try #require(SocketAddress("/tmp/no-such-folder-of-zeromq/x"))
            let error = #expect(throws: IOError.self) {
                try loop.poller.openListener(address, ListenOptions())
            }
            #expect(error?.kind == .addressNotAvailable)
            let client = try TestEnd.connecting(loop, to: address)
            loop.run { client.connectError != nil }
            #expect(client.connectError?.kind == .refused)
        }

        @Test func fullBacklogOfALocalListenerIsARefusal() throws {
            let loop = try TestLoop(.systemLocal)
            var options = ListenOptions()
            options.backlog = 1
            let handle = try loop.poller.openListener(loop.listenAddress(), options)
            defer { loop.poller.close(handle) }
            let address = try #require(loop.poller.localAddress(of: handle))
            let clients = try (0..<8).map { _ in try TestEnd.connecting(loop, to: address) }
            loop.run { clients.allSatisfy { $0.isConnected || $0.connectError != nil } }
            #expect(clients.contains { $0.connectError?.kind == .refused })
        }

        @Test func randomBytesDiffer() throws {
            var bytes = [UInt8](repeating: 0, count: 64)
            try bytes.withUnsafeMutableBytes { raw in try System.fillRandom(raw) }
            #expect(Set(bytes).count > 8)
            #expect(try System.randomSeed() != System.randomSeed())
        }
    }
#endif
