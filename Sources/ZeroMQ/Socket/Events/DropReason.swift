/// Why a message was lost. Every lost message is counted under one of these.
public enum DropReason: UInt8, Sendable, Hashable, CaseIterable {
    /// The queue of that peer was full: PUB, XPUB, XSUB, REP, and ROUTER without `routerMandatory`.
    /// Or a notice of XPUB that nobody reads.
    case highWaterMark
    /// No peer has that routing id, or REP's requester has gone.
    case unroutable
    /// The peer went away with messages still queued for it.
    case peerGone
    /// The linger time of a closing socket ran out.
    case lingerExpired
    /// A newer message replaced it (`conflate`).
    case conflated
    /// It arrived, or was still unread, when the socket was closed.
    case socketClosed
    /// A received message that this socket type cannot show: no envelope, not subscribed, a reply
    /// to an old request.
    case unexpected
    /// The peer sent a message that this socket type does not receive.
    case notAccepted
    /// A message that was interrupted by the loss of its connection.
    case truncated
    /// A request that timed out, was cancelled or replaced before it had left.
    case givenUp
    /// Five connections in a row were lost in the middle of it: the peer does not take it, for its
    /// size perhaps (`maxMessageSize`).
    case rejected
}
