import Testing

@testable import ZeroMQ

@Suite(.timeLimit(.minutes(1))) struct DuplicateIdentityTests {
    private func named(_ name: String) -> SocketOptions {
        options {
            $0.routingID = try? RoutingID(name)
            $0.reconnectInterval = .milliseconds(20)
        }
    }

    @Test(arguments: TestTransport.allCases)
    func I4_theNewcomerIsRefusedWithAnEventAndTheFirstKeepsWorking(
        _ transport: TestTransport
    ) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let events = EventLog(router)
            let first = try DealerSocket(context, options: named("twin"))
            let endpoint = try await link(router, first, over: transport)
            let second = try DealerSocket(context, options: named("twin"))
            try second.connect(endpoint)
            let event = try await events.first(.peerRefused)
            #expect(event.reason?.contains("twin") == true)
            try await first.send("mine")
            #expect(try await router.next() == ["twin", "mine"])
            try await router.send(["twin", "yours"])
            #expect(try await first.next() == "yours")
            #expect(try second.tryReceive() == nil)
        }
    }

    @Test func BI_M15_theRefusedConnectionIsClosedWithoutAnError() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            let first = try await RawPeer.connect(endpoint, as: "DEALER", id: [0x78])
            try await first.send(["hello"])
            _ = try await router.next()
            let second = try await RawPeer.connect(endpoint)
            try await second.write(
                RawPeer.greeting(minor: 1) + RawPeer.ready(type: "DEALER", id: [0x78]))
            _ = try await second.read(64)
            // At most a READY may come; an ERROR would keep foreign clients from trying again.
            while let frame = try? await second.readFrame() {
                #expect(!frame.body.starts(with: [5] + Array("ERROR".utf8)))
            }
        }
    }

    @Test(arguments: TestTransport.wired)
    func I4_theNewcomerComesInOnceTheFirstHasGone(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context)
            let events = EventLog(router)
            let first = try DealerSocket(context, options: named("twin"))
            let endpoint = try await link(router, first, over: transport)
            let second = try DealerSocket(context, options: named("twin"))
            try second.connect(endpoint)
            _ = try await events.first(.peerRefused)
            await first.close(linger: .zero)
            // Before that it may have sent into a connection that was about to be refused.
            try await eventually("the second is in") { router.statistics.connections == 2 }
            try await second.send("from the second")
            #expect(try await router.next() == ["twin", "from the second"])
        }
    }

    // MARK: Handover

    @Test(arguments: TestTransport.allCases)
    func I5_withHandoverTheNewcomerTakesTheID(_ transport: TestTransport) async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context, options: options { $0.routerHandover = true })
            let events = EventLog(router)
            let first = try DealerSocket(
                context,
                options: options {
                    $0.routingID = try? RoutingID("twin")
                    $0.reconnectInterval = nil
                })
            let endpoint = try await link(router, first, over: transport)
            let second = try DealerSocket(context, options: named("twin"))
            try await join(second, to: router, at: endpoint)
            _ = try await events.first(.disconnected)
            try await router.send(["twin", "for the second"])
            #expect(try await second.next() == "for the second")
            #expect(try first.tryReceive() == nil)
            #expect(router.statistics.peers == 1)
        }
    }

    @Test func I5_theOldConnectionIsClosedAndItsQueueDiscarded() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(
                context,
                options: options {
                    $0.routerHandover = true
                    $0.sendBuffer = 4096
                })
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            let first = try await RawPeer.connect(
                endpoint, as: "DEALER", id: [0x78], receiveBuffer: 4096)
            try await first.send(["hello"])
            _ = try await router.next()
            for _ in 0..<100 { try await router.send(["x", bulk]) }
            let second = try await RawPeer.connect(endpoint, as: "DEALER", id: [0x78])
            try await second.send(["hello again"])
            #expect(try await router.next() == ["x", "hello again"])
            try await eventually("the old queue is discarded") { router.dropped(.peerGone) > 0 }
            try await first.waitUntilClosed()
            try await router.send(["x", "fresh"])
            #expect(try await second.receiveTexts() == ["fresh"])
        }
    }

    @Test func BI_R12_handoverDoesNotDependOnTheApplication() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(
                context,
                options: options {
                    $0.routerHandover = true
                    $0.receiveHighWaterMark = 1
                })
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            let first = try await RawPeer.connect(endpoint, as: "DEALER", id: [0x78])
            // Reading from the first has stopped at the mark, and nobody receives.
            for _ in 0..<10 { try await first.send(["unread"]) }
            try await eventually("the first is full") { router.unreadMessages >= 1 }
            let second = try await RawPeer.connect(endpoint, as: "DEALER", id: [0x78])
            try await first.waitUntilClosed()
            try await router.send(["x", "taken over"])
            #expect(try await second.receiveTexts() == ["taken over"])
        }
    }

    // MARK: A peer that comes back before its old connection is known dead

    @Test func I6_withHandoverAHalfOpenConnectionIsReplaced() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(context, options: options { $0.routerHandover = true })
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            // It never ends its stream: to the router it looks alive.
            let silent = try await RawPeer.connect(endpoint, as: "DEALER", id: [0x78])
            let back = try await RawPeer.connect(endpoint, as: "DEALER", id: [0x78])
            try await back.send(["again"])
            #expect(try await router.next() == ["x", "again"])
            try await router.send(["x", "welcome"])
            #expect(try await back.receiveTexts() == ["welcome"])
            silent.close()
        }
    }

    @Test func I6_withoutHandoverHeartbeatsFreeTheID() async throws {
        try await withTestContext { context in
            let router = try RouterSocket(
                context,
                options: options {
                    $0.heartbeatInterval = .milliseconds(50)
                    $0.heartbeatTimeout = .seconds(1)
                })
            let endpoint = try router.bind("tcp://127.0.0.1:*")
            // It answers no PING.
            let silent = try await RawPeer.connect(endpoint, as: "DEALER", id: Array("twin".utf8))
            try await eventually("the first is in") { router.statistics.connections == 1 }
            let back = try DealerSocket(context, options: named("twin"))
            try back.connect(endpoint)
            // Before that it may have sent into a connection that was about to be refused.
            try await eventually("the id is free") { router.statistics.connections == 2 }
            try await back.send("again")
            #expect(try await router.next() == ["twin", "again"])
            silent.close()
        }
    }

    @Test func BI_R13_aConnectingRouterFollowsItsPeersNewID() async throws {
        try await withTestContext { context in
            let listener = try RawListener()
            let router = try RouterSocket(
                context, options: options { $0.reconnectInterval = .milliseconds(10) })
            try router.connect(listener.endpoint)
            for name in ["old", "new"] {
                let peer = try await listener.accept(as: "DEALER", id: Array(name.utf8))
                try await peer.send(["hello"])
                #expect(try await router.next() == [Frame(name), "hello"])
                try await router.send([Frame(name), "to you"])
                #expect(try await peer.receiveTexts() == ["to you"])
                peer.close()
                try await eventually("\(name) is gone") { router.statistics.reconnects > 0 }
            }
            try await router.send(["old", "lost"])
            #expect(router.dropped(.unroutable) == 1)
        }
    }
}
