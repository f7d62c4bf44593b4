#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Heartbeats on live connections.
    @Suite(.timeLimit(.minutes(1))) struct HeartbeatLifeTests {
        private func options(
            interval: Duration? = nil, timeout: Duration? = nil, ttl: Duration? = nil
        ) -> SocketOptions {
            .with {
                $0.heartbeatInterval = interval
                $0.heartbeatTimeout = timeout
                $0.heartbeatTTL = ttl
                $0.reconnectInterval = .milliseconds(20)
                $0.receiveTimeout = patience
                $0.sendTimeout = patience
            }
        }

        private func ping(_ ttl: UInt16) -> [UInt8] {
            [4] + Array("PING".utf8) + [UInt8(ttl >> 8), UInt8(ttl & 255)]
        }

        @Test func H1_formOfPing() async throws {
            try await withLiveContext { context in
                for (ttl, tenths) in [
                    (nil, 0), (.milliseconds(100), 1), (.milliseconds(250), 3),
                    (.seconds(65), 650), (.seconds(6000), 655),
                ] as [(Duration?, UInt16)] {
                    let pull = try PullSocket(
                        context,
                        options: options(interval: .milliseconds(20), timeout: patience, ttl: ttl))
                    let peer = try await WirePeer.established(
                        to: try pull.bindLoopback(), as: "PUSH")
                    let frame = try await peer.receiveFrame()
                    #expect(frame.flags == 4)
                    // H5: never more than libzmq's 16 bits of milliseconds can take.
                    #expect(frame.body == ping(tenths))
                }
            }
        }

        @Test func H2_everyPingGetsOnePong() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: options())
                let peer = try await WirePeer.established(to: try pull.bindLoopback(), as: "PUSH")
                for number in 0..<50 {
                    let tag = UInt8(number)
                    try await peer.send(WireText.ping(context: [tag, tag]))
                    #expect(
                        try await peer.receiveFrame().body == [4] + Array("PONG".utf8) + [tag, tag])
                }
            }
        }

        @Test func H3_anyByteIsLife() async throws {
            try await onOwnThread {
                try await withLiveContext { context in
                    let pull = try PullSocket(
                        context,
                        options: options(interval: .milliseconds(300), timeout: .milliseconds(1500))
                    )
                    let log = Journal(pull)
                    let peer = try await WirePeer.established(
                        to: try pull.bindLoopback(), as: "PUSH")
                    // One large frame that takes long, and no PONG within.
                    let body = [UInt8](repeating: 9, count: 200_000)
                    let bytes = WireText.frame(body)
                    let start = ContinuousClock.now
                    for index in 0..<20 {
                        let piece = bytes[(index * 10_000)..<min(bytes.count, (index + 1) * 10_000)]
                        try await peer.send(Array(piece))
                        try await Task.sleep(for: .milliseconds(120))
                    }
                    try await peer.send(Array(bytes[200_000...]))
                    #expect(try await pull.receive() == Message(body))
                    #expect(ContinuousClock.now - start > .milliseconds(2000))
                    #expect(log.count(.disconnected) == 0)
                    // Silence is not.
                    await log.wait(.disconnected, reason: "no answer to a heartbeat")
                }
            }
        }

        @Test func H4_timeToLiveIsKeptAndRestarted() async throws {
            try await onOwnThread {
                try await withLiveContext { context in
                    let pull = try PullSocket(context, options: options())
                    let log = Journal(pull)
                    let peer = try await WirePeer.established(
                        to: try pull.bindLoopback(), as: "PUSH")
                    let start = ContinuousClock.now
                    try await peer.send(WireText.ping(ttl: 15))
                    for _ in 0..<8 {
                        try await Task.sleep(for: .milliseconds(300))
                        try await peer.send(WireText.frame("x"))
                    }
                    #expect(log.count(.disconnected) == 0)
                    await log.wait(.disconnected, reason: "silent for longer")
                    #expect(ContinuousClock.now - start >= .milliseconds(3800))
                }
            }
        }

        @Test func H6_peersOf30ArePingedAndAnswered() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(
                    context, options: options(interval: .milliseconds(50), timeout: patience))
                let peer = try WirePeer(to: try pull.bindLoopback())
                try await peer.shakeHands(as: "PUSH", minor: 0)
                try await peer.send(WireText.ping(context: [1]))
                var names: Set<String> = []
                while names.count < 2 {
                    let body = try await peer.receiveFrame().body
                    names.insert(String(decoding: body.dropFirst().prefix(4), as: UTF8.self))
                }
                #expect(names == ["PING", "PONG"])
            }
        }

        @Test func H7_fewPingsAreOutstanding() async throws {
            try await onOwnThread {
                try await withLiveContext { context in
                    let pull = try PullSocket(
                        context, options: options(interval: .milliseconds(20), timeout: .seconds(1))
                    )
                    let log = Journal(pull)
                    let peer = try await WirePeer.established(
                        to: try pull.bindLoopback(), as: "PUSH")
                    await log.wait(.disconnected)
                    let rest = await peer.waitForEnd()?.rest ?? []
                    #expect(rest.count == 3 * 9, "\(rest.count) bytes")
                }
            }
        }

        @Test func H8_lossEndsInAReconnect() async throws {
            try await withLiveContext { context in
                let listener = try WireListener()
                let push = try PushSocket(
                    context,
                    options: options(interval: .milliseconds(50), timeout: .milliseconds(200)))
                let log = Journal(push)
                try push.connect(listener.endpoint)
                let silent = try await listener.accept()
                try await silent.shakeHands(as: "PULL")
                await log.wait(.disconnected, reason: "no answer to a heartbeat")
                try await push.send("again")
                var arrived = false
                while !arrived {
                    // This one does not answer either, so it must be quick or another will come.
                    let next = try await listener.accept()
                    guard (try? await next.shakeHands(as: "PULL")) != nil else { continue }
                    while let frame = try? await next.receiveFrame(within: .seconds(1)) {
                        if frame.flags == 0 { arrived = frame.body == Array("again".utf8) }
                        if arrived { break }
                    }
                }
            }
        }

        @Test func H9_heartbeatsDisturbNoRequests() async throws {
            try await withLiveContext { context in
                let quick = options(interval: .milliseconds(2), timeout: .seconds(10))
                let reply = try ReplySocket(context, options: quick)
                let request = try RequestSocket(context, options: quick)
                let log = Journal(request)
                try request.connect(try reply.bindLoopback())
                for index in 0..<300 {
                    try await request.send(Message("\(index)"))
                    #expect(try await reply.receive() == Message("\(index)"))
                    if index % 10 == 0 { try await Task.sleep(for: .milliseconds(5)) }
                    try await reply.send(Message("re \(index)"))
                    #expect(try await request.receive() == Message("re \(index)"))
                }
                #expect(log.count(.disconnected) == 0)
            }
        }

        @Test func H10_linkLivesWhileTheApplicationDoesNotRead() async throws {
            try await onOwnThread {
                try await withLiveContext { context in
                    var both = options(interval: .milliseconds(50), timeout: .milliseconds(500))
                    both.receiveHighWaterMark = 10
                    both.sendHighWaterMark = 10
                    both.receiveBuffer = 8192
                    both.sendBuffer = 8192
                    let one = try PairSocket(context, options: both)
                    let two = try PairSocket(context, options: both)
                    let log = Journal(one)
                    let other = Journal(two)
                    try two.connect(try one.bindLoopback())
                    // Full in both directions: everything in between waits.
                    let message = Message([UInt8](repeating: 1, count: 4000))
                    var sent = (0, 0)
                    let full = ContinuousClock.now + .seconds(2)
                    while ContinuousClock.now < full {
                        if try one.trySend(message) { sent.0 += 1 }
                        if try two.trySend(message) { sent.1 += 1 }
                        try await Task.sleep(for: .milliseconds(1))
                    }
                    #expect(log.count(.disconnected) == 0 && other.count(.disconnected) == 0)
                    for _ in 0..<sent.0 { #expect(try await two.receive() == message) }
                    for _ in 0..<sent.1 { #expect(try await one.receive() == message) }
                }
            }
        }
    }
#endif
