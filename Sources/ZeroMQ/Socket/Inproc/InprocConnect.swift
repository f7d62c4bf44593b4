/// One inproc connection, from `connect` on: first waiting for its name to be bound, then two
/// links, one a direction.
final class InprocConnect: @unchecked Sendable {
    // Unchecked: guarded by `lock`.
    private let socket: SocketCore
    /// The name it connects to.
    let name: [UInt8]
    private let endpoint: String
    private let lock = Lock()
    private var peer: Peer?
    private var other: (socket: SocketCore, peer: Peer)?
    private var hasEnded = false
    // While the two halves are being made nobody else can end them: it is left to who makes them.
    private var isLinking = false
    private var isToBeCut = false

    init(socket: SocketCore, peer: Peer, name: [UInt8], endpoint: String) {
        self.socket = socket
        self.peer = peer
        self.name = name
        self.endpoint = endpoint
    }

    /// Whether there will be no link any more.
    var isOver: Bool { lock.withLock { hasEnded } }

    func isMade(by candidate: SocketCore) -> Bool { candidate === socket }

    func involves(_ candidate: SocketCore) -> Bool {
        candidate === socket || lock.withLock { other?.socket === candidate }
    }

    /// Joins the two sockets; false when they refuse each other, or the link is to end again.
    func link(to bound: SocketCore) -> Bool {
        guard let mine = beginLinking() else { return false }
        guard socket.type.canPeer(with: bound.type) else {
            return refuse("\(socket.type.wireName) does not talk to \(bound.type.wireName)")
        }
        let theirs = bound.makePeer(outlives: false, bound.options)
        let forward = InprocLink(from: socket, mine, to: bound, theirs, owner: self)
        let backward = InprocLink(from: bound, theirs, to: socket, mine, owner: self)
        // The bound side first: it may refuse, and it must know the peer before a message comes.
        theirs.inbound?.source = forward
        switch bound.admit(socket.introduction, waiting: nil, making: theirs, through: backward) {
        case .refused(let why):
            // Never attached, so no detach takes it out, and it leads back to both sockets.
            theirs.inbound?.source = nil
            bound.emit(.peerRefused, endpoint, reason: why)
            return refuse(why)
        case .admitted: break
        }
        socket.receiveSide?.lock.withLock { mine.inbound?.source = backward }
        guard case .admitted = socket.admit(bound.introduction, waiting: mine, through: forward)
        else {
            bound.detach(theirs, reason: .peerGone)
            return refuse("the connecting socket refused its peer")
        }
        forward.begin()
        backward.begin()
        socket.emit(.handshakeSucceeded, endpoint)
        bound.emit(.handshakeSucceeded, endpoint)
        return !endLinking((bound, theirs))
    }

    private func beginLinking() -> Peer? {
        lock.withLock {
            guard !hasEnded, let peer else { return nil }
            isLinking = true
            return peer
        }
    }

    /// Returns whether somebody wanted to end the link meanwhile.
    private func endLinking(_ made: (socket: SocketCore, peer: Peer)?) -> Bool {
        lock.withLock {
            other = made
            isLinking = false
            defer { isToBeCut = false }
            return isToBeCut
        }
    }

    private func refuse(_ why: String) -> Bool {
        socket.emit(.handshakeFailed, endpoint, reason: why)
        _ = endLinking(nil)
        unlink()
        return false
    }

    /// There will be no link any more.
    func end() {
        lock.withLock { hasEnded = true }
    }

    /// Ends the connection on both sides for good; what was sent before arrives.
    func unlink() {
        end()
        _ = cut()
    }

    /// Ends the link and makes the queues for another; false when there is to be none.
    func renew() -> Bool {
        guard let former = cut() else { return false }
        let fresh = socket.makePeer(outlives: false, socket.options)
        fresh.connectID = former.connectID
        socket.attach(fresh)
        let isWanted = lock.withLock {
            if !hasEnded { peer = fresh }
            return !hasEnded
        }
        if !isWanted { socket.releaseInproc(fresh) }
        return isWanted
    }

    /// Ends the link; returns the peer of the connecting side, if there is one to end now.
    private func cut() -> Peer? {
        let (mine, theirs) = lock.withLock {
            if isLinking {
                isToBeCut = true
                return (Peer?.none, (socket: SocketCore, peer: Peer)?.none)
            }
            defer {
                peer = nil
                other = nil
            }
            return (peer, other)
        }
        if let mine, let theirs {
            InprocLink.moveAll(from: socket, mine, to: theirs.socket, theirs.peer)
            InprocLink.moveAll(from: theirs.socket, theirs.peer, to: socket, mine)
            theirs.socket.releaseInproc(theirs.peer)
            theirs.socket.emit(.disconnected, endpoint)
        }
        if let mine {
            socket.releaseInproc(mine)
            if theirs != nil { socket.emit(.disconnected, endpoint) }
        }
        return mine
    }
}
