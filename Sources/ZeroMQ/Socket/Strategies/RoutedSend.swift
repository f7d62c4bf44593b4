/// Sends each message to the peer whose routing id is its first frame (ROUTER).
final class RoutedSend: SendStrategy {
    @exclusivity(unchecked) private var table: RoutingTable
    @exclusivity(unchecked) var isMandatory: Bool

    init(options: SocketOptions, seed: UInt64) {
        table = RoutingTable(seed: seed)
        isMandatory = options.routerMandatory
    }

    func send(
        _ bytes: UnsafeRawBufferPointer, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        throw .malformed("a routed message needs a routing id and at least one more frame")
    }

    func send(
        _ message: Message, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        guard message.count > 1 else {
            throw .malformed("a routed message needs a routing id and at least one more frame")
        }
        guard let slot = message.withFirstFrame({ table.slot(for: $0) }),
            let pipe = side.pipes.unmanaged(at: slot)
        else {
            return try unroutable(message, side)
        }
        return pipe._withUnsafeGuaranteedRef { pipe in
            guard pipe.hasRoom else { return full(pipe, side) }
            let last = message.count - 1
            for index in 1...last { message[index].append(to: pipe, more: index < last) }
            pipe.endMessage()
            side.signal(pipe)
            return .sent
        }
    }

    private func unroutable(
        _ message: Message, _ side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        guard isMandatory else {
            side.counters.drop(1, .unroutable)
            return .dropped
        }
        throw ZeroMQError(.hostUnreachable, "no peer has the routing id \(message.firstFrame)")
    }

    private func full(_ pipe: OutboundPipe, _ side: SendSide) -> SendOutcome {
        guard isMandatory else {
            side.counters.drop(1, .highWaterMark)
            return .dropped
        }
        pipe.isParked = true
        return .wouldBlock
    }

    func attached(_ pipe: OutboundPipe, to side: SendSide) {}

    func detached(_ pipe: OutboundPipe, from side: SendSide) {
        forget(pipe)
    }

    func hasRoom(_ pipe: OutboundPipe) {}

    // MARK: Routing ids, with the lock of the side held

    /// The slot that holds `id`, if any.
    func holder(of id: RoutingID) -> Int? {
        table.slot(for: id)
    }

    /// Makes `pipe` reachable under `id`, or under a generated id where the peer has none.
    func claim(_ id: RoutingID?, for pipe: OutboundPipe) -> RoutingID {
        forget(pipe)
        if let id {
            table.replace(id, slot: pipe.slot)
            pipe.routingID = id
            return id
        }
        let generated = table.addGenerated(slot: pipe.slot)
        pipe.routingID = generated
        return generated
    }

    /// Makes `pipe` unreachable.
    func forget(_ pipe: OutboundPipe) {
        guard let id = pipe.routingID else { return }
        table.remove(id, slot: pipe.slot)
        pipe.routingID = nil
    }
}
