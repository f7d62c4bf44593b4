#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Binding and unbinding, over tcp and ipc.
    @Suite(.timeLimit(.minutes(1))) struct EndpointLifeTests {
        private let calm = SocketOptions.with {
            $0.reconnectInterval = .milliseconds(20)
            $0.receiveTimeout = patience
            $0.sendTimeout = patience
        }

        @Test func K5_unknownEndpoints() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context)
                #expect(await endCode { try pull.unbind("tcp://127.0.0.1:1") } == .endpointNotFound)
                #expect(
                    await endCode { try pull.disconnect("tcp://127.0.0.1:1") } == .endpointNotFound)
                let endpoint = try pull.bindLoopback()
                #expect(await endCode { try pull.disconnect(endpoint) } == .endpointNotFound)
                #expect(pull.lastEndpoint == endpoint)
                try pull.unbind(try #require(pull.lastEndpoint))
                #expect(await endCode { try pull.unbind(endpoint) } == .endpointNotFound)
                try pull.bind("tcp://127.0.0.1:*")
                try pull.unbind("tcp://127.0.0.1:*")
            }
        }

        @Test func K6_portIsReadableAtOnceAndConflictsThrow() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context)
                for wildcard in ["tcp://127.0.0.1:*", "tcp://127.0.0.1:0", "tcp://*:*"] {
                    let endpoint = try pull.bind(wildcard)
                    let port = endpoint.split(separator: ":").last.flatMap { UInt16($0) }
                    #expect(port != nil && port != 0)
                    #expect(pull.lastEndpoint == endpoint)
                }
                let endpoint = try pull.bindLoopback()
                let other = try PullSocket(context)
                let log = Journal(other)
                #expect(await endCode { try other.bind(endpoint) } == .addressInUse)
                await log.wait(.bindFailed)
                #expect(await endCode { try pull.bind(endpoint) } == .addressInUse)
                #expect(
                    await endCode { try pull.bind("tcp://192.0.2.1:*") } == .addressNotAvailable)
            }
        }

        /// A service of two processes: each connection goes to one of them.
        @Test func severalListenersShareAPort() async throws {
            let shared = SocketOptions.with {
                $0.reusePort = true
                $0.receiveTimeout = patience
            }
            try await withLiveContext { context in
                let pulls = try (0..<2).map { _ in try PullSocket(context, options: shared) }
                let endpoint = try pulls[0].bindLoopback()
                try pulls[1].bind(endpoint)
                let stranger = try PullSocket(context)
                #expect(await endCode { try stranger.bind(endpoint) } == .addressInUse)
                let pushes = try (0..<64).map { _ in try PushSocket(context) }
                for push in pushes {
                    try push.connect(endpoint)
                    try await push.send("here")
                }
                let (arrivals, arrival) = AsyncStream.makeStream(of: Int.self)
                let readers = pulls.indices.map { index in
                    Task {
                        defer { arrival.finish() }
                        while true {
                            _ = try await pulls[index].receive()
                            arrival.yield(index)
                        }
                    }
                }
                var counts = [0, 0]
                for await index in arrivals {
                    counts[index] += 1
                    if counts[0] + counts[1] == pushes.count { break }
                }
                for reader in readers { reader.cancel() }
                #expect(counts[0] + counts[1] == 64, "\(counts)")
                #if os(Linux) || os(Android)
                    // Nobody is that unlucky 64 times.
                    #expect(!counts.contains(0), "\(counts)")
                #endif
            }
        }

        @Test func BI_E22_unbindFreesThePortAtOnce() async throws {
            try await withLiveContext(ioThreads: 2) { context in
                let pull = try PullSocket(context)
                let other = try PullSocket(context)
                let endpoint = try pull.bindLoopback()
                for _ in 0..<100 {
                    try pull.unbind(endpoint)
                    try other.bind(endpoint)
                    try other.unbind(endpoint)
                    try pull.bind(endpoint)
                }
            }
        }

        @Test func unbindClosesItsConnectionsAndNoOthers() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: calm)
                let (first, second) = (try pull.bindLoopback(), try pull.bindLoopback())
                let one = try await WirePeer.established(to: first, as: "PUSH")
                let two = try await WirePeer.established(to: second, as: "PUSH")
                try pull.unbind(first)
                #expect(await one.waitForEnd() != nil)
                try await two.send(WireText.frame("still here"))
                #expect(try await pull.receive() == "still here")
            }
        }

        @Test func unboundPeersGetNoMoreMessages() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context, options: calm)
                let (first, second) = (try push.bindLoopback(), try push.bindLoopback())
                let leaving = try await WirePeer.established(to: first, as: "PULL")
                let staying = try await WirePeer.established(to: second, as: "PULL")
                await expectSoon("both are there") { push.statistics.peers == 2 }
                try push.unbind(first)
                await expectSoon("one is withdrawn") {
                    push.core.sendSide.map { side in
                        side.lock.withLock {
                            var withdrawn = side.pipes.count < 2
                            side.pipes.forEach { withdrawn = withdrawn || $0.isWithdrawn }
                            return withdrawn
                        }
                    } ?? false
                }
                for index in 0..<100 { try await push.send(Message("\(index)")) }
                for index in 0..<100 {
                    #expect(try await staying.receiveFrame().body == Array("\(index)".utf8))
                }
                #expect(await leaving.waitForEnd()?.rest == [])
            }
        }

        // MARK: ipc

        @Test func ipcEndToEnd() async throws {
            try await withLiveContext { context in
                for wildcard in ["ipc://*", "ipc://@zmq-life-\(UInt64.random(in: 0 ... .max))"] {
                    let pull = try PullSocket(context, options: calm)
                    let push = try PushSocket(context, options: calm)
                    let endpoint = try pull.bind(wildcard)
                    try push.connect(endpoint)
                    for size in [0, 1, 1000, 1 << 20] {
                        let message = Message([UInt8](repeating: 3, count: size))
                        try await push.send(message)
                        #expect(try await pull.receive() == message)
                    }
                    await push.close()
                    await pull.close()
                }
            }
        }

        @Test func BI_E18_pathsThatAreTaken() async throws {
            try await withLiveContext { context in
                let directory = try System.makePrivateDirectory(
                    prefix: Array("/tmp/zmq-life-".utf8))
                let text = String(decoding: directory, as: UTF8.self)
                let path = text + "/socket"
                let first = try PullSocket(context, options: calm)
                try first.bind("ipc://" + path)
                let second = try PullSocket(context)
                // A live one is not stolen.
                #expect(await endCode { try second.bind("ipc://" + path) } == .addressInUse)
                let push = try PushSocket(context, options: calm)
                try push.connect("ipc://" + path)
                try await push.send("mine still")
                #expect(try await first.receive() == "mine still")
                // It goes with its socket, and the other may have it.
                try first.unbind("ipc://" + path)
                #expect(try System.status(of: Array(path.utf8)) == nil)
                try second.bind("ipc://" + path)
                // A directory is no place for a socket, and stays.
                #expect(await endCode { try second.bind("ipc://" + text) } == .addressInUse)
                await second.close()
                #expect(try System.status(of: Array(path.utf8)) == nil)
                System.removeDirectory(directory)
                #expect(try System.status(of: directory) == nil)
            }
        }

        @Test func BI_E19_temporaryDirectoryGoesWithTheSocket() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context)
                let path = Array(try pull.bind("ipc://*").utf8.dropFirst("ipc://".utf8.count))
                #expect(try System.status(of: path) != nil)
                await pull.close()
                #expect(try System.status(of: path) == nil)
                let parent = path.prefix(upTo: path.lastIndex(of: UInt8(ascii: "/")) ?? 0)
                #expect(try System.status(of: Array(parent)) == nil)
            }
        }

        // MARK: K10, K11

        @Test func K10_marksCanBeRaised() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context, options: .with { $0.sendHighWaterMark = 5 })
                try push.connect(try refusingEndpoint())
                var count = 0
                while try push.trySend(["two", "frames"]) { count += 1 }
                #expect(count == 5, "whole messages count")
                let waiting = Task { await endCode { try await push.send("sixth") } }
                try push.updateOptions { $0.sendHighWaterMark = 7 }
                #expect(await waiting.value == nil)
                #expect(try push.trySend("seventh"))
                #expect(try !push.trySend("eighth"))
                try push.updateOptions { $0.sendHighWaterMark = 0 }
                for _ in 0..<5000 { #expect(try push.trySend("no limit")) }
            }
        }

        @Test func K10_marksArePerPeer() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context, options: .with { $0.sendHighWaterMark = 5 })
                for _ in 0..<3 {
                    try push.connect(try refusingEndpoint())
                }
                var count = 0
                while try push.trySend("x") { count += 1 }
                #expect(count == 15)
            }
        }

        @Test func K11_inprocConnectBeforeBindAndMarksAddUp() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context, options: .with { $0.sendHighWaterMark = 3 })
                let pull = try PullSocket(
                    context,
                    options: .with {
                        $0.receiveHighWaterMark = 4
                        $0.receiveTimeout = patience
                    })
                let log = Journal(push)
                try push.connect("inproc://early")
                var count = 0
                while try push.trySend(Message("\(count)")) { count += 1 }
                #expect(count == 3)
                try pull.bind("inproc://early")
                await log.wait(.handshakeSucceeded)
                while try push.trySend(Message("\(count)")) { count += 1 }
                #expect(count == 7)
                for index in 0..<count { #expect(try await pull.receive() == Message("\(index)")) }
                try await withLiveContext { other in
                    let stranger = try PushSocket(other)
                    try stranger.connect("inproc://early")
                    #expect(try stranger.trySend("to nobody"))
                    #expect(try pull.tryReceive() == nil)
                }
            }
        }
    }
#endif
