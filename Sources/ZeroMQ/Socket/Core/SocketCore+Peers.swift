extension SocketCore: ConnectionHost {
    var chunks: ChunkPool { context.chunks }
    var hasEventListeners: Bool { hub.hasListeners }

    // MARK: Making peers

    /// A peer with the queues this socket type has.
    func makePeer(outlives: Bool, _ options: SocketOptions) -> Peer {
        let holders = (sendSide == nil ? 0 : 1) + (receiveSide == nil ? 0 : 1)
        let slot = slots.acquire(holders: holders)
        let outbound = sendSide.map { side in
            // A queue of the newest message only is never full.
            OutboundPipe(
                slot: slot,
                highWaterMark: side.conflates
                    ? .max : SocketOptions.limit(options.sendHighWaterMark),
                byteLimit: side.conflates ? .max : options.sendByteLimit, pool: chunks)
        }
        outbound?.outlivesConnection = outlives
        let inbound = receiveSide.map { side in
            InboundPipe(
                slot: slot, highWaterMark: SocketOptions.limit(options.receiveHighWaterMark),
                byteLimit: options.receiveByteLimit, keepsNewest: side.conflates)
        }
        let peer = Peer(
            slot: slot, outbound: outbound, inbound: inbound, outlivesConnection: outlives)
        if case .subscriber = pattern { peer.feed = SubscriptionFeed() }
        return peer
    }

    /// Gives back a peer that was never attached.
    func forget(_ peer: Peer) {
        if peer.outbound != nil { slots.release(peer.slot) }
        if peer.inbound != nil { slots.release(peer.slot) }
    }

    /// Makes the peer known to both halves.
    func attach(_ peer: Peer) {
        lock.withLock {
            state.peers += 1
            peer.isAttached = true
            if case .exclusive = pattern, state.exclusivePeer == nil {
                state.exclusivePeer = peer.slot
            }
        }
        if let inbound = peer.inbound { receiveSide?.attach(inbound) }
        if let outbound = peer.outbound { sendSide?.attach(outbound) }
    }

    /// Takes the peer away from both halves, once.
    func detach(_ peer: Peer, reason: DropReason) {
        let isFirst = lock.withLock {
            defer { peer.isAttached = false }
            return peer.isAttached
        }
        guard isFirst else { return }
        let withheld = lock.withLock { peer.unshownNotices }
        let dropped = dropSubscriptions(of: peer)
        if let outbound = peer.outbound { sendSide?.detach(outbound, reason: reason) }
        if let inbound = peer.inbound {
            report(withheld + dropped, to: inbound)
            if type == .stream, options.streamNotify { _ = deliverNotice([], to: inbound) }
            if case .request(let request) = pattern { _ = request.lose(peer.slot) }
            receiveSide?.detach(inbound)
        }
        lock.withLock {
            state.peers -= 1
            if state.exclusivePeer == peer.slot { state.exclusivePeer = nil }
        }
    }

    /// Forgets what the peer subscribed to; returns notices of the topics that nobody holds any
    /// more (XPUB).
    private func dropSubscriptions(of peer: Peer) -> [NoticeBatch] {
        guard case .publisher(let fanOut) = pattern, let sendSide else { return [] }
        guard type == .xPublisher else {
            sendSide.lock.withLock { fanOut.removeAll(slot: peer.slot) }
            return []
        }
        let dropped = NoticeBatch(pool: chunks)
        sendSide.lock.withLock { fanOut.removeAll(slot: peer.slot) { dropped.add([0] + $0) } }
        return dropped.isEmpty ? [] : [dropped]
    }

    /// Shows the topics that nobody holds any more.
    private func report(_ batches: [NoticeBatch], to inbound: InboundPipe) {
        guard !batches.isEmpty, let receiveSide else { return }
        // Behind an unfinished message they would become its end.
        receiveSide.interrupt(inbound)
        for batch in batches { receiveSide.deliver(batch, to: inbound) }
    }

    // MARK: ConnectionHost

    func admit(
        _ description: PeerDescription, waiting: Peer?, through connection: any PipeDriver
    ) -> Admission {
        admit(description, waiting: waiting, making: nil, through: connection)
    }

    /// `fresh` is a peer that is ready but not attached yet; nil to have one made.
    func admit(
        _ description: PeerDescription, waiting: Peer?, making fresh: Peer?,
        through connection: any PipeDriver
    ) -> Admission {
        let options = options
        if let why = reasonToRefuse(waiting) {
            if let fresh { forget(fresh) }
            return .refused(why)
        }
        let peer = waiting ?? fresh ?? makePeer(outlives: false, options)
        let name = peer.connectID ?? connectID(of: connection)
        if let why = identify(peer, description, name, handover: options.routerHandover) {
            if waiting == nil { forget(peer) }
            return .refused(why)
        }
        setUpInbound(peer, description, connection)
        if waiting == nil { attach(peer) }
        lock.withLock { state.connections &+= 1 }
        greet(peer, options, connection)
        return .admitted(peer)
    }

    private func reasonToRefuse(_ waiting: Peer?) -> String? {
        lock.withLock {
            if state.closing != nil, waiting == nil { return "the socket is closing" }
            guard case .exclusive = pattern, let other = state.exclusivePeer,
                other != waiting?.slot
            else { return nil }
            return "the socket has a peer already"
        }
    }

    /// Settles under which id the peer is reachable; returns why that is not possible.
    private func identify(
        _ peer: Peer, _ description: PeerDescription, _ given: RoutingID?, handover: Bool
    ) -> String? {
        guard let side = sendSide, let pipe = peer.outbound else { return nil }
        let announced = description.routingID.withUnsafeBytes { RoutingID(received: $0) }
        switch pattern {
        case .router(let routed):
            return claim(
                given ?? announced, for: pipe, in: routed, side, handover: handover)
        case .stream(let streams):
            let isReachable = side.lock.withLock { streams.routes.claim(given, for: pipe) }
            return isReachable ? nil : Self.noRoute
        default:
            return nil
        }
    }

    /// The name that `connectRoutingID` gave the peer of a connector that keeps no queue.
    private func connectID(of connection: any PipeDriver) -> RoutingID? {
        guard let connection = connection as? Connection, connection.owner is Connector else {
            return nil
        }
        return lock.withLock { state.connectIDs[ObjectIdentifier(connection.owner)] }
    }

    private func claim(
        _ id: RoutingID?, for pipe: OutboundPipe, in routed: RoutedSend, _ side: SendSide,
        handover: Bool
    ) -> String? {
        side.lock.lock()
        if let id, let holder = routed.routes.holder(of: id), holder != pipe.slot {
            guard handover, let old = side.pipes[holder] else {
                side.lock.unlock()
                return "another peer has the routing id \(id)"
            }
            let previous = old.driver
            routed.routes.forget(old)
            // There is memory: that of the entry of the old one.
            _ = take(id, for: pipe, in: routed, side)
            side.lock.unlock()
            previous?.abort(.handedOver)
            return nil
        }
        let isReachable = take(id, for: pipe, in: routed, side)
        side.lock.unlock()
        return isReachable ? nil : Self.noRoute
    }

    static var noRoute: String { "there is no memory for another routing id" }

    /// Lock held; false when there is no memory.
    private func take(
        _ id: RoutingID?, for pipe: OutboundPipe, in routed: RoutedSend, _ side: SendSide
    ) -> Bool {
        if let former = pipe.formerRoutingID, former != id {
            // Somebody else than they were meant for.
            side.lose(pipe.discardQueued(), .unroutable)
        }
        pipe.formerRoutingID = nil
        return routed.routes.claim(id, for: pipe)
    }

    private func setUpInbound(
        _ peer: Peer, _ description: PeerDescription, _ connection: any PipeDriver
    ) {
        guard let side = receiveSide, let inbound = peer.inbound else { return }
        let id = routingID(of: peer).map { Frame($0.bytes) }
        side.lock.withLock {
            if case .request(let request) = pattern { side.discardSevered(inbound, request) }
            inbound.driver = connection
            inbound.peer = description
            inbound.isPaused = false
            if let id { inbound.routingID = id }
        }
    }

    /// What this socket says first on a new connection.
    private func greet(_ peer: Peer, _ options: SocketOptions, _ connection: any PipeDriver) {
        if case .subscriber(let registry) = pattern, let feed = peer.feed {
            registry.begin(feed, driver: connection)
        }
        if options.probeRouter, type.probes, let pipe = peer.outbound {
            sendSide?.appendGreeting([], to: pipe)
        }
        if case .publisher = pattern, let welcome = options.xpubWelcomeMessage,
            let pipe = peer.outbound
        {
            sendSide?.appendGreeting(welcome, to: pipe)
        }
        if type == .stream, options.streamNotify, let inbound = peer.inbound {
            _ = deliverNotice([], to: inbound)
        }
    }

    func release(_ peer: Peer) {
        if case .subscriber(let registry) = pattern, let feed = peer.feed { registry.end(feed) }
        let isClosing = lock.withLock { state.closing != nil }
        guard peer.outlivesConnection, !isClosing || hasQueued(peer) else {
            return detach(peer, reason: isClosing ? .lingerExpired : .peerGone)
        }
        interrupt(peer)
    }

    private func hasQueued(_ peer: Peer) -> Bool {
        guard let pipe = peer.outbound, let side = sendSide else { return false }
        return side.lock.withLock { pipe.queuedMessages > 0 }
    }

    /// The connection is lost; the queues wait for the next one.
    private func interrupt(_ peer: Peer) {
        var dropped: [NoticeBatch] = []
        let losesReplies = loseRequests(of: peer)
        if let pipe = peer.outbound, let side = sendSide {
            var isRequestLost = false
            side.interrupt(pipe) {
                // The request went with the connection; nobody is going to answer it. Not one that
                // is sent from here on: it waits for the next connection.
                if case .request(let request) = pattern {
                    isRequestLost = request.lose(peer.slot)
                }
            }
            if losesReplies { side.lock.withLock { side.lose(pipe.discardQueued(), .peerGone) } }
            switch pattern {
            case .router(let routed) where peer.connectID == nil:
                side.lock.withLock {
                    if let id = pipe.routingID, !id.isGenerated { pipe.formerRoutingID = id }
                    routed.routes.forget(pipe)
                }
                // Who waits for room there waits for nobody now.
                side.wakeAll()
            case .publisher:
                dropped = dropSubscriptions(of: peer)
                // A sender that waited for room there need not (`xpubNoDrop`).
                side.wakeAll()
            case .request where isRequestLost: receiveSide?.wakeAll()
            default: break
            }
        }
        if let inbound = peer.inbound {
            receiveSide?.interrupt(inbound)
            report(dropped, to: inbound)
        }
    }

    /// Whether replies to what came by the lost connection are not to be sent by the next (REP).
    private func loseRequests(of peer: Peer) -> Bool {
        guard let side = receiveSide, let inbound = peer.inbound,
            let replies = side.strategy as? ReplyReceive
        else { return false }
        return side.lock.withLock { replies.interrupted(inbound) }
    }

    func withdraw(_ peer: Peer) {
        // Shown later: the connection still receives, and may be in the middle of a message.
        let dropped = dropSubscriptions(of: peer)
        if !dropped.isEmpty { lock.withLock { peer.unshownNotices += dropped } }
        if let outbound = peer.outbound { sendSide?.withdraw(outbound) }
    }

    func hasLeft(_ peer: Peer) {
        // The queues of an endpoint that connects are for its next connection.
        if peer.outlivesConnection { return }
        withdraw(peer)
        lock.withLock {
            if state.exclusivePeer == peer.slot { state.exclusivePeer = nil }
        }
    }

    var isOvercrowded: Bool { receiveSide?.holdsTooMany ?? false }

    func routingID(of peer: Peer) -> RoutingID? {
        guard let pipe = peer.outbound, let side = sendSide else { return nil }
        return side.lock.withLock { pipe.routingID }
    }

    func abandon(_ peer: Peer) {
        let isClosing = lock.withLock { state.closing != nil }
        detach(peer, reason: isClosing ? .lingerExpired : .peerGone)
    }

    func takeSubscriptionChanges(_ feed: SubscriptionFeed) -> [SubscriptionChange] {
        guard case .subscriber(let registry) = pattern else { return [] }
        return registry.take(feed)
    }

    // MARK: Counting

    func dropped(_ count: Int, _ reason: DropReason) {
        if count > 0 { lock.withLock { state.dropped.add(count, reason) } }
    }

    func ignoredFrame() {
        lock.withLock { state.ignoredFrames &+= 1 }
    }

    func handshakeFailed() {
        lock.withLock { state.handshakeFailures &+= 1 }
    }

    func emit(_ event: SocketEvent) {
        hub.emit(event)
    }

    func emit(_ kind: SocketEvent.Kind, _ endpoint: String, reason: String? = nil) {
        guard hub.hasListeners else { return }
        var event = SocketEvent(kind, endpoint: endpoint)
        event.reason = reason
        hub.emit(event)
    }

    /// Shows the application something that no peer sent as a message; false when there is no
    /// memory for it.
    func deliverNotice(_ bytes: [UInt8], to inbound: InboundPipe) -> Bool {
        receiveSide?.deliverNotice(bytes, to: inbound) ?? true
    }
}

extension SocketType {
    /// Whether `probeRouter` means something for the type.
    fileprivate var probes: Bool {
        self == .router || self == .dealer || self == .request
    }
}
