/// A peer as its socket sees it: the two queues that lead to it and from it.
final class Peer: @unchecked Sendable {
    // Unchecked: the mutable properties are touched on the peer's I/O thread only, or under a lock
    // where it says so.

    /// The place of both pipes in the tables of the socket.
    let slot: Int
    let outbound: OutboundPipe?
    let inbound: InboundPipe?
    /// Whether the queues wait for the next connection when one is lost: so on the connecting side.
    let outlivesConnection: Bool
    /// Whether both halves of the socket know the peer. Guarded by the lock of the socket.
    var isAttached = false
    /// Notices of the topics that nobody holds since the peer was withdrawn; shown when it has
    /// gone. Guarded by the lock of the socket.
    var unshownNotices: [NoticeBatch] = []
    /// The id the application gave this peer beforehand (`connectRoutingID`).
    var connectID: RoutingID?
    /// Changes of our subscriptions that this peer has not been told of.
    var feed: SubscriptionFeed?

    init(
        slot: Int, outbound: OutboundPipe?, inbound: InboundPipe?, outlivesConnection: Bool
    ) {
        self.slot = slot
        self.outbound = outbound
        self.inbound = inbound
        self.outlivesConnection = outlivesConnection
    }
}
