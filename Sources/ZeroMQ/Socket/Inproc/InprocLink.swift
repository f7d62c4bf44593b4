/// One direction between two sockets of a context: the byte pipe without the wire.
///
/// The sender announces once that there is something; the receiver then fetches everything queued
/// in one step under both locks, its own first. Nothing is announced again until it has fetched in
/// vain, so that under load nobody is woken.
final class InprocLink: PipeDriver, InboundSource, @unchecked Sendable {
    // Unchecked: immutable, but for what the locks of the two sides guard.
    private let sender: SocketCore
    private let senderPeer: Peer
    private let receiver: SocketCore
    private let receiverPeer: Peer
    // Weak: whoever was told to end the link may come when the connect has gone.
    private weak var owner: InprocConnect?
    private let subscriptionLock = Lock()

    init(
        from sender: SocketCore, _ senderPeer: Peer, to receiver: SocketCore, _ receiverPeer: Peer,
        owner: InprocConnect
    ) {
        self.sender = sender
        self.senderPeer = senderPeer
        self.receiver = receiver
        self.receiverPeer = receiverPeer
        self.owner = owner
        guard let outbound = senderPeer.outbound, let inbound = receiverPeer.inbound else { return }
        receiver.receiveSide?.lock.withLock {
            _ = sender.sendSide?.setPeerMark(inbound.highWaterMark, of: outbound)
            // All of the limit is the sender's.
            inbound.creditThreshold = creditThreshold
            inbound.highWaterMark = .max
        }
        sender.sendSide?.lock.withLock { outbound.feedReceiver() }
    }

    /// Opens the sender's queue.
    func begin() {
        if let side = sender.sendSide, let outbound = senderPeer.outbound {
            side.begin(outbound, driver: self, allowsOwnWrites: false)
            outboundReady()
        }
        subscriptionsChanged()
    }

    // MARK: PipeDriver

    func outboundReady() {
        guard let inbound = receiverPeer.inbound else { return }
        receiver.receiveSide?.announce(inbound)
    }

    func inboundDrained() {}

    func writeNow(_ vectors: UnsafeBufferPointer<IOVector>) -> Int { 0 }

    func subscriptionsChanged() {
        guard let feed = senderPeer.feed else { return }
        // One at a time, or a cancellation could overtake its subscription.
        subscriptionLock.withLock {
            while true {
                let changes = sender.takeSubscriptionChanges(feed)
                if changes.isEmpty { return }
                for change in changes { apply(change) }
            }
        }
    }

    private func apply(_ change: SubscriptionChange) {
        if change.isWanted {
            _ = receiver.subscribe(change.topic, for: receiverPeer)
        } else {
            receiver.cancel(change.topic, for: receiverPeer)
        }
    }

    func sendMarkChanged() {
        if let inbound = receiverPeer.inbound { receiver.receiveSide?.sourceMarkChanged(inbound) }
    }

    func closeAfterFlush() {}

    func abort(_ why: AbortReason) {
        guard let owner else { return }
        switch why {
        // A new link would take the id back.
        case .handedOver: receiver.context.inproc.disconnect(owner)
        case .requestGivenUp: receiver.context.inproc.relink(owner)
        }
    }

    // MARK: InboundSource

    func fetch(into pipe: InboundPipe, taken: Int) -> FetchOutcome {
        guard let side = sender.sendSide, let outbound = senderPeer.outbound else {
            return FetchOutcome(found: false, bytes: 0, woken: [])
        }
        return side.handOver(outbound, to: pipe, taken: taken)
    }

    func setReceiverMark(_ mark: Int) -> [Waiter] {
        guard let side = sender.sendSide, let outbound = senderPeer.outbound else { return [] }
        return side.setPeerMark(mark, of: outbound)
    }

    var creditThreshold: Int {
        guard let side = sender.sendSide, let outbound = senderPeer.outbound else { return 1 }
        return side.creditThreshold(of: outbound)
    }

    func credit(taken: Int) {
        guard let side = sender.sendSide, let outbound = senderPeer.outbound else { return }
        side.credit(outbound, messages: taken)
    }

    /// Moves everything that is queued, before the link goes.
    static func moveAll(
        from sender: SocketCore, _ senderPeer: Peer, to receiver: SocketCore, _ receiverPeer: Peer
    ) {
        guard let sendSide = sender.sendSide, let outbound = senderPeer.outbound,
            let receiveSide = receiver.receiveSide, let inbound = receiverPeer.inbound
        else { return }
        receiveSide.fetchLast(inbound) {
            sendSide.handOver(outbound, to: inbound, taken: inbound.takeTaken())
        }
    }
}

extension SocketCore {
    /// What this socket says of itself to an inproc peer.
    var introduction: PeerDescription {
        let options = options
        return PeerDescription(
            socketType: type,
            routingID: type.announcesRoutingID ? options.routingID?.bytes ?? [] : [],
            minorVersion: 1)
    }

    /// An inproc link has ended.
    func releaseInproc(_ peer: Peer) {
        if case .subscriber(let registry) = pattern, let feed = peer.feed { registry.end(feed) }
        detach(peer, reason: .peerGone)
    }
}
