#if os(Linux) && !canImport(WinSDK)
    import Testing

    @testable import ZeroMQ

    extension OwnProcessTests {
        /// Peers may not take the last descriptors of a process.
        @Suite(.timeLimit(.minutes(1))) struct DescriptorReserveTests {
            /// Each peer takes one descriptor on its own side, too.
            @Test func peersLeaveTheReserveAndNobodyIsSentAway() async {
                await #expect(processExitsWith: .success) {
                    try await withLiveContext { context in
                        let pull = try PullSocket(
                            context, options: .with { $0.receiveTimeout = patience })
                        let log = Journal(pull)
                        try await ProcessState.prepare()
                        ProcessState.leaveDescriptors(41)
                        let endpoint = try pull.bindLoopback()
                        var crowd: [WirePeer] = []
                        for _ in 0..<11 {
                            crowd.append(try await .established(to: endpoint, as: "PUSH"))
                        }
                        // Who counts has one more open for a moment.
                        await expectSoon("left") { System.descriptorsLeft(upTo: 100) == 18 }
                        #expect(log.all(.acceptPaused).isEmpty)
                        // The last that leaves the reserve whole, and the first that does not.
                        crowd.append(try WirePeer(to: endpoint))
                        await log.wait(.accepted, count: 12)
                        let early = try WirePeer(to: endpoint)
                        await log.wait(.acceptPaused)
                        #expect(log.all(.accepted).count == 12)
                        await expectSoon("left") { System.descriptorsLeft(upTo: 100) == 15 }
                        crowd[0].close()
                        try await early.shakeHands(as: "PUSH")
                        try await early.send(WireText.frame("waited"))
                        #expect(try await pull.receive() == "waited")
                    }
                }
            }

            @Test func aContextNeedsTheReserve() async {
                await #expect(processExitsWith: .success) {
                    try await ProcessState.prepare()
                    let before = ProcessState.descriptors
                    ProcessState.leaveDescriptors(18)
                    try await withLiveContext { _ in }
                    await expectSoon("given back") { ProcessState.descriptors == before }
                    ProcessState.leaveDescriptors(17)
                    #expect(await endCode { _ = try Context() } == .limitReached)
                    var options = ContextOptions()
                    options.descriptorReserve = 15
                    await (try Context(options)).shutdown()
                    await expectSoon("given back") { ProcessState.descriptors == before }
                    ProcessState.leaveDescriptors(2)
                    options.descriptorReserve = 0
                    await (try Context(options)).shutdown()
                }
            }

            @Test func withoutAReserveTheLastOneIsTaken() async {
                await #expect(processExitsWith: .success) {
                    var options = ContextOptions()
                    options.descriptorReserve = 0
                    let context = try Context(options)
                    let pull = try PullSocket(context)
                    let log = Journal(pull)
                    let endpoint = try pull.bindLoopback()
                    try await ProcessState.prepare()
                    ProcessState.leaveDescriptors(2)
                    let peer = try await WirePeer.established(to: endpoint, as: "PUSH")
                    await log.wait(.handshakeSucceeded)
                    #expect(System.descriptorsLeft(upTo: 100) == 0)
                    peer.close()
                    await context.shutdown()
                    await log.end()
                }
            }
        }
    }
#endif
