#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    /// Linger, orderly ends, and shutdowns that always return.
    @Suite(.timeLimit(.minutes(1))) struct CloseTests {
        private let calm = SocketOptions.with {
            $0.reconnectInterval = .milliseconds(20)
            $0.receiveTimeout = patience
            $0.sendTimeout = patience
        }

        private func elapsed(_ body: () async throws -> Void) async rethrows -> Duration {
            try await ContinuousClock().measure { try await body() }
        }

        // MARK: K8, dead peer

        @Test func K8_lingerZeroDropsAtOnce() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context, options: calm)
                try push.connect(try refusingEndpoint())
                for _ in 0..<10 { try await push.send("lost") }
                var report: CloseReport?
                let time = await elapsed { report = await push.close(linger: .zero) }
                #expect(time < .seconds(2))
                #expect(report == CloseReport(flushed: 0, discarded: 10))
                #expect(push.statistics.dropped[.lingerExpired] == 10)
            }
        }

        @Test func K8_lingerForAWhile() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context, options: calm)
                try push.connect(try refusingEndpoint())
                for _ in 0..<10 { try await push.send("lost") }
                var report: CloseReport?
                let time = await elapsed { report = await push.close(linger: .milliseconds(300)) }
                #expect(time >= .milliseconds(290) && time < .seconds(10), "\(time)")
                #expect(report == CloseReport(flushed: 0, discarded: 10))
                #expect(push.statistics.totalDropped == 10)
            }
        }

        @Test func K8_lingerForEverWaitsForAPeerToCome() async throws {
            try await withLiveContext { context in
                let listener = try WireListener.refusing()
                let push = try PushSocket(context, options: calm)
                try push.connect(listener.endpoint)
                for index in 0..<10 { try await push.send(Message("\(index)")) }
                let closing = Task { await push.close() }
                listener.open()
                let peer = try await listener.accept()
                try await peer.shakeHands(as: "PULL")
                for index in 0..<10 {
                    #expect(try await peer.receiveFrame().body == Array("\(index)".utf8))
                }
                #expect(await peer.waitForEnd()?.end == .orderly)
                peer.close()
                #expect(await closing.value == CloseReport(flushed: 10, discarded: 0))
            }
        }

        @Test func K8_nothingQueuedNeedsNoLinger() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context)
                try push.connect(try refusingEndpoint())
                #expect(await elapsed { await push.close() } < .seconds(2))
            }
        }

        @Test func K8_closingAgainShortensTheWait() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context)
                try push.connect(try refusingEndpoint())
                try await push.send("stuck")
                let closing = Task { await push.close() }
                await expectSoon("closing has begun") {
                    push.core.lock.withLock { push.core.state.closing != nil }
                }
                #expect(await elapsed { await push.close(linger: .zero) } < .seconds(2))
                #expect(await closing.value.discarded == 1)
            }
        }

        @Test func K8_cancellingTheTaskGivesUpWhatIsLeft() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context)
                try push.connect(try refusingEndpoint())
                try await push.send("stuck")
                let closing = Task { await push.close() }
                closing.cancel()
                #expect(await closing.value.discarded == 1)
            }
        }

        @Test func K8_closeCutsShortADisconnectThatLingers() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context)
                let endpoint = try refusingEndpoint()
                try push.connect(endpoint)
                try await push.send("stuck")
                try push.disconnect(endpoint)
                #expect(await elapsed { await push.close(linger: .zero) } < .seconds(2))
                #expect(push.statistics.totalDropped == 1)
            }
        }

        // MARK: K8, slow peer

        /// A push socket whose peer has shaken hands and reads nothing, with more queued than the
        /// kernel takes.
        private func stuckPush(_ context: Context) async throws -> (PushSocket, WirePeer, Int) {
            let push = try PushSocket(
                context,
                options: .with {
                    $0.sendBuffer = 64 << 10
                    $0.sendHighWaterMark = 100
                })
            let peer = try await WirePeer.established(to: try push.bindLoopback(), as: "PULL")
            // The peer may know that the handshake is over before we do.
            try await eventually("the peer is there") { push.statistics.peers == 1 }
            let message = Message([UInt8](repeating: 1, count: 1 << 20))
            var sent = 0
            while try push.trySend(message) { sent += 1 }
            return (push, peer, sent)
        }

        @Test func K8_lingerZeroWithASlowPeer() async throws {
            try await withLiveContext { context in
                let (push, peer, sent) = try await stuckPush(context)
                var report: CloseReport?
                #expect(await elapsed { report = await push.close(linger: .zero) } < .seconds(2))
                let discarded = try #require(report?.discarded)
                #expect(discarded > 0 && discarded <= sent)
                #expect(await peer.waitForEnd() != nil)
            }
        }

        @Test func K8_lingerForAWhileWithASlowPeer() async throws {
            try await withLiveContext { context in
                let (push, peer, sent) = try await stuckPush(context)
                var report: CloseReport?
                let time = await elapsed { report = await push.close(linger: .milliseconds(300)) }
                #expect(time >= .milliseconds(290) && time < .seconds(10), "\(time)")
                let discarded = try #require(report?.discarded)
                #expect(discarded > 0 && discarded <= sent)
                peer.close()
            }
        }

        @Test func K8_lingerForEverWithASlowPeer() async throws {
            try await withLiveContext { context in
                let (push, peer, sent) = try await stuckPush(context)
                let closing = Task { await push.close() }
                for _ in 0..<sent {
                    #expect(try await peer.receiveFrame().body.count == 1 << 20)
                }
                #expect(await peer.waitForEnd()?.end == .orderly)
                peer.close()
                #expect(await closing.value.discarded == 0)
                #expect(push.statistics.totalDropped == 0)
            }
        }

        @Test func K8_closeCutsShortAnUnbindThatLingers() async throws {
            try await withLiveContext { context in
                let (push, peer, _) = try await stuckPush(context)
                try push.unbind(try #require(push.lastEndpoint))
                #expect(await elapsed { await push.close(linger: .zero) } < .seconds(2))
                peer.close()
            }
        }

        // MARK: K9

        @Test(arguments: [0, 1, 255, 256, 8191, 8192, 65_536, 1 << 20, 8 << 20])
        func K9_closeRightAfterSendLosesNothing(size: Int) async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: calm)
                let endpoint = try pull.bindLoopback()
                let body = Message([UInt8](repeating: 7, count: size))
                let rounds = size >= 1 << 20 ? 8 : 60
                for round in 0..<rounds {
                    let push = try PushSocket(context, options: calm)
                    try push.connect(endpoint)
                    let count = 1 + round % 5
                    for _ in 0..<count { try await push.send(body) }
                    let closing = Task { await push.close() }
                    for _ in 0..<count {
                        let message = try await pull.receive()
                        #expect(message.totalCount == size)
                    }
                    #expect(await closing.value.discarded == 0)
                }
                #expect(pull.statistics.totalDropped == 0)
            }
        }

        @Test func K9_shutdownRightAfterSendLosesNothing() async throws {
            try await withLiveContext { receiving in
                let pull = try PullSocket(receiving, options: calm)
                let endpoint = try pull.bindLoopback()
                for round in 0..<100 {
                    let sending = try Context()
                    let push = try PushSocket(sending)
                    try push.connect(endpoint)
                    for index in 0...round { try await push.send(Message("\(round) \(index)")) }
                    let report = await sending.shutdown()
                    #expect(report.discarded == 0)
                    for index in 0...round {
                        #expect(try await pull.receive() == Message("\(round) \(index)"))
                    }
                }
            }
        }

        @Test func K9_socketDroppedRightAfterSendLosesNothing() async throws {
            try await withLiveContext { context in
                let pull = try PullSocket(context, options: calm)
                let endpoint = try pull.bindLoopback()
                for round in 0..<100 {
                    do {
                        let push = try PushSocket(context)
                        try push.connect(endpoint)
                        try await push.send(Message("\(round)"))
                    }
                    #expect(try await pull.receive() == Message("\(round)"))
                }
            }
        }

        @Test func K9_boundSenderClosesInGoodOrder() async throws {
            try await withLiveContext { context in
                for _ in 0..<30 {
                    let dealer = try DealerSocket(context, options: calm)
                    let peer = try await WirePeer.established(
                        to: try dealer.bindLoopback(), as: "DEALER")
                    for index in 0..<100 { try await dealer.send(Message("\(index)")) }
                    // Unread input at the closing side: a plain close would make a reset of it.
                    for _ in 0..<100 { try await peer.send(WireText.frame("unread")) }
                    let closing = Task { await dealer.close() }
                    for index in 0..<100 {
                        #expect(try await peer.receiveFrame().body == Array("\(index)".utf8))
                    }
                    #expect(await peer.waitForEnd()?.end == .orderly)
                    peer.close()
                    #expect(await closing.value.discarded == 0)
                }
            }
        }

        @Test func K9_peerThatNeverClosesDoesNotHoldUsUp() async throws {
            try await withLiveContext { context in
                let push = try PushSocket(context)
                let peer = try await WirePeer.established(to: try push.bindLoopback(), as: "PULL")
                try await push.send("last")
                #expect(await elapsed { await push.close() } < .seconds(10))
                #expect(try await peer.receiveFrame().body == Array("last".utf8))
            }
        }

        // MARK: shutdown

        enum Situation: CaseIterable, Sendable {
            case idle, bound, neverConnected, queuedForNobody, connecting, inHandshake, established
            case stuck, blockedSend, waitingReceive, pendingInproc, linkedInproc, requestUnderWay
            case closingForEver, unbindingForEver, disconnectingForEver, lookup
        }

        @Test(arguments: Situation.allCases)
        func shutdownReturnsByItsDeadline(situation: Situation) async throws {
            try await onOwnThread {
                for grace in [Duration.zero, .milliseconds(200)] {
                    let resolver = StubResolver()
                    let context = try Context.resolving(by: resolver)
                    let held = try await self.bring(context, into: situation)
                    let time = await self.elapsed { await context.shutdown(grace: grace) }
                    #expect(time < grace + .seconds(10), "\(situation) took \(time)")
                    #expect(await endCode { _ = try PushSocket(context) } == .terminated)
                    await held.finish()
                }
            }
        }

        /// What must not be let go of before the shutdown.
        private struct Held {
            var things: [AnyObject] = []
            var waiting: [Task<ZeroMQError.Code?, Never>] = []

            func finish() async {
                for task in waiting {
                    let code = await task.value
                    #expect(code == .terminated || code == .closed || code == nil)
                }
                withExtendedLifetime(things) {}
            }
        }

        private func bring(_ context: Context, into situation: Situation) async throws -> Held {
            var held = Held()
            switch situation {
            case .idle:
                held.things = [try PushSocket(context), try PullSocket(context)]
            case .bound:
                let pull = try PullSocket(context)
                try pull.bind("tcp://127.0.0.1:*")
                if System.hasLocalSockets { try pull.bind("ipc://*") }
                held.things = [pull]
            case .neverConnected, .queuedForNobody:
                let push = try PushSocket(context)
                try push.connect(try refusingEndpoint())
                if situation == .queuedForNobody { try await push.send("stuck") }
                held.things = [push]
            case .connecting, .inHandshake:
                let listener = try WireListener()
                let push = try PushSocket(context)
                try push.connect(listener.endpoint)
                try await push.send("stuck")
                held.things = [push, listener]
                if situation == .inHandshake { held.things.append(try await listener.accept()) }
            case .established:
                let push = try PushSocket(context)
                held.things = [
                    push, try await WirePeer.established(to: try push.bindLoopback(), as: "PULL"),
                ]
            case .stuck, .blockedSend, .unbindingForEver, .closingForEver:
                let (push, peer, _) = try await stuckPush(context)
                held.things = [push, peer]
                if situation == .blockedSend {
                    held.waiting = [
                        Task { await endCode { while true { try await push.send("x") } } }
                    ]
                    await expectSoon("it waits") {
                        push.core.sendSide.map { side in
                            side.lock.withLock { !side.waiters.isEmpty }
                        } ?? false
                    }
                }
                if situation == .unbindingForEver { try push.unbind(push.lastEndpoint ?? "") }
                if situation == .closingForEver {
                    held.waiting = [
                        Task {
                            await push.close()
                            return nil
                        }
                    ]
                }
            case .disconnectingForEver:
                let push = try PushSocket(context)
                let endpoint = try refusingEndpoint()
                try push.connect(endpoint)
                try await push.send("stuck")
                try push.disconnect(endpoint)
                held.things = [push]
            case .waitingReceive:
                let pull = try PullSocket(context)
                try pull.bind("tcp://127.0.0.1:*")
                held.waiting = [Task { await endCode { _ = try await pull.receive() } }]
                held.things = [pull]
            case .pendingInproc, .linkedInproc:
                let push = try PushSocket(context)
                try push.connect("inproc://somewhere")
                try await push.send("stuck")
                held.things = [push]
                if situation == .linkedInproc {
                    let pull = try PullSocket(context)
                    try pull.bind("inproc://somewhere")
                    held.things.append(pull)
                }
            case .requestUnderWay:
                let request = try RequestSocket(context)
                let peer = try WireListener()
                try request.connect(peer.endpoint)
                held.waiting = [Task { await endCode { _ = try await request.request("?") } }]
                // Kept, too: a peer that goes ends the request before the shutdown does.
                let asked = try await peer.accept()
                try await asked.shakeHands(as: "REP")
                held.things = [request, peer, asked]
            case .lookup:
                let push = try PushSocket(context)
                try push.connect("tcp://never.answered:1")
                try await push.send("stuck")
                held.things = [push]
            }
            return held
        }

        @Test func shutdownTwiceAndUseAfterwards() async throws {
            let context = try Context()
            let push = try PushSocket(context)
            await context.shutdown()
            await context.shutdown()
            await push.close()
            #expect(await endCode { try await push.send("x") } == .terminated)
            #expect(await endCode { try push.bind("tcp://127.0.0.1:*") } == .terminated)
            #expect(await endCode { try push.connect("tcp://127.0.0.1:1") } == .terminated)
        }

        @Test func bindAndConnectRaceWithClose() async throws {
            try await withLiveContext { context in
                let nobody = try refusingEndpoint()
                for round in 0..<200 {
                    let push = try PushSocket(context)
                    async let connecting = endCode { try push.connect(nobody) }
                    async let binding = endCode { try push.bind("tcp://127.0.0.1:*") }
                    if round % 2 == 0 { await Task.yield() }
                    await push.close(linger: .zero)
                    let codes = await [connecting, binding]
                    #expect(codes.allSatisfy { $0 == nil || $0 == .closed }, "\(codes)")
                    #expect(push.core.lock.withLock { push.core.state.children } == 0)
                }
            }
        }
    }
#endif
