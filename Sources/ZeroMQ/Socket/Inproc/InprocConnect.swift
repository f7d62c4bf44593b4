/// One inproc connection, from `connect` on: first waiting for its name to be bound, then two
/// links, one a direction.
final class InprocConnect: @unchecked Sendable {
    // Unchecked: guarded by `lock`.
    private let socket: SocketCore
    private let endpoint: String
    private let lock = Lock()
    private var peer: Peer?
    private var other: (socket: SocketCore, peer: Peer)?
    private var isOver = false

    init(socket: SocketCore, peer: Peer, endpoint: String) {
        self.socket = socket
        self.peer = peer
        self.endpoint = endpoint
    }

    func involves(_ candidate: SocketCore) -> Bool {
        candidate === socket || lock.withLock { other?.socket === candidate }
    }

    /// Joins the two sockets; false when they refuse each other.
    func link(to bound: SocketCore) -> Bool {
        guard let mine = lock.withLock({ isOver ? nil : peer }) else { return false }
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
            bound.emit(.peerRefused, endpoint, reason: why)
            return refuse(why)
        case .admitted: break
        }
        mine.inbound?.source = backward
        guard case .admitted = socket.admit(bound.introduction, waiting: mine, through: forward)
        else {
            bound.detach(theirs, reason: .peerGone)
            return refuse("the connecting socket refused its peer")
        }
        lock.withLock { other = (bound, theirs) }
        forward.begin()
        backward.begin()
        socket.emit(.handshakeSucceeded, endpoint)
        bound.emit(.handshakeSucceeded, endpoint)
        return true
    }

    private func refuse(_ why: String) -> Bool {
        socket.emit(.handshakeFailed, endpoint, reason: why)
        unlink()
        return false
    }

    /// Ends the connection on both sides; what was sent before arrives.
    func unlink() {
        let (mine, theirs) = lock.withLock {
            isOver = true
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
    }
}
