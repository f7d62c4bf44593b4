/// Which peer a routed message goes to (ROUTER, STREAM): the table of routing ids, and each pipe's
/// own note of the id it is reachable under, which always agree.
///
/// Guarded by the lock of the side.
struct PeerRoutes: ~Copyable {
    private var table: RoutingTable

    /// - Parameter seed: a random number, see ``RoutingTable``.
    init(seed: UInt64) {
        table = RoutingTable(seed: seed)
    }

    /// The slot of the peer that the first frame of a message names.
    @inline(__always)
    func destination(of message: Message) -> Int? {
        message.withFirstFrame { table.slot(for: $0) }
    }

    /// The slot that holds `id`, if any.
    func holder(of id: RoutingID) -> Int? {
        table.slot(for: id)
    }

    /// Makes `pipe` reachable under `id`, or under a generated id where the peer has none. False,
    /// and it is not reachable, when there is no memory.
    mutating func claim(_ id: RoutingID?, for pipe: OutboundPipe) -> Bool {
        forget(pipe)
        if let id {
            guard table.replace(id, slot: pipe.slot) != .noMemory else { return false }
            pipe.routingID = id
        } else {
            pipe.routingID = table.addGenerated(slot: pipe.slot)
        }
        return pipe.routingID != nil
    }

    /// Makes `pipe` unreachable.
    mutating func forget(_ pipe: OutboundPipe) {
        guard let id = pipe.routingID else { return }
        table.remove(id, slot: pipe.slot)
        pipe.routingID = nil
    }
}
