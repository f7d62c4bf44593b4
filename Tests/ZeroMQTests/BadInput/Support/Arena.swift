#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Synchronization
    import Testing

    @testable import ZeroMQ

    /// A bound socket for hostile peers to try, with an honest peer that talks with it all along.
    final class Arena: Sendable {
        enum Kind: CaseIterable, Sendable {
            case pull, router, reply, publisher, xPublisher, subscriber, dealer

            /// The socket type a peer of the bound socket would be.
            var peerType: String {
                switch self {
                case .pull: "PUSH"
                case .router, .dealer: "DEALER"
                case .reply: "REQ"
                case .publisher, .xPublisher: "SUB"
                case .subscriber: "PUB"
                }
            }
        }

        let kind: Kind
        let context: Context
        let socket: any ZeroMQSocket
        let log: Journal
        let endpoint: String
        private let exchange: @Sendable (String) async throws -> Void
        private let count = Atomic(0)

        init(
            _ kind: Kind, in context: Context, _ change: (inout SocketOptions) -> Void = { _ in }
        ) async throws {
            var options = SocketOptions.with {
                $0.receiveTimeout = patience
                $0.sendTimeout = patience
            }
            let calm = options
            change(&options)
            self.kind = kind
            self.context = context
            let sides = try await ArenaSides(kind, in: context, options, calm: calm)
            (socket, log, endpoint) = (sides.bound, sides.log, sides.endpoint)
            exchange = sides.exchange
        }

        /// Messages go to and fro between the socket and its honest peer, and no others are there.
        func talk() async throws {
            let number = count.add(1, ordering: .relaxed).newValue
            try await exchange("honest \(number)")
        }

        /// A hostile peer that has done nothing yet.
        func intruder() throws -> WirePeer { try WirePeer(to: endpoint) }

        /// A hostile peer after an honest handshake.
        func guest(identity: [UInt8]? = nil) async throws -> WirePeer {
            try await WirePeer.established(to: endpoint, as: kind.peerType, identity: identity)
        }

        /// What the bound socket receives next.
        func receive() async throws -> Message {
            try await socket.core.receive(timeout: patience)
        }
    }

    /// Bytes and a name for them.
    struct Attack: Sendable {
        let name: Comment
        let bytes: [UInt8]

        init(_ name: Comment, _ bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// When in its life the hostile peer attacks.
    enum Moment { case first, afterGreeting, afterHandshake }

    /// Each attack ends its own connection, says why in an event, and harms nobody else.
    func expectClosed(
        _ attacks: [Attack], _ moment: Moment, reason: String,
        on kinds: [Arena.Kind] = [.pull, .router],
        options change: @escaping (inout SocketOptions) -> Void = { _ in },
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for kind in kinds {
            try await withLiveContext { context in
                let arena = try await Arena(kind, in: context, change)
                try await arena.talk()
                for (index, attack) in attacks.enumerated() {
                    let before = arena.socket.statistics
                    let intruder =
                        moment == .afterHandshake ? try await arena.guest() : try arena.intruder()
                    if moment == .afterGreeting { try await intruder.send(WireText.greeting()) }
                    _ = intruder.sendAsMuchAsFits(attack.bytes)
                    try await arena.talk()
                    let end = await intruder.waitForEnd()
                    #expect(end != nil, attack.name, sourceLocation: sourceLocation)
                    await arena.log.wait(
                        moment == .afterHandshake ? .disconnected : .handshakeFailed,
                        count: index + 1, reason: reason, sourceLocation: sourceLocation)
                    try await arena.talk()
                    let after = arena.socket.statistics
                    #expect(
                        after.peers == before.peers, attack.name, sourceLocation: sourceLocation)
                    if moment != .afterHandshake {
                        #expect(
                            after.handshakeFailures == before.handshakeFailures + 1, attack.name,
                            sourceLocation: sourceLocation)
                    }
                }
            }
        }
    }

    /// Each greeting is taken, and the peer gets its message through.
    func expectAccepted(
        _ greetings: [Attack], sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        try await withLiveContext { context in
            let arena = try await Arena(.pull, in: context)
            for greeting in greetings {
                let peer = try arena.intruder()
                try await peer.send(
                    greeting.bytes + WireText.ready("PUSH") + WireText.frame("through"))
                #expect(
                    try await arena.receive() == "through", greeting.name,
                    sourceLocation: sourceLocation)
                try await arena.talk()
                peer.close()
            }
            #expect(arena.log.count(.handshakeFailed) == 0)
        }
    }
#endif
