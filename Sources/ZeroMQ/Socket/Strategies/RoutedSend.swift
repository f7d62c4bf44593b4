/// Sends each message to the peer whose routing id is its first frame (ROUTER).
final class RoutedSend: SendStrategy {
    @exclusivity(unchecked) var routes: PeerRoutes
    @exclusivity(unchecked) var isMandatory: Bool

    init(options: SocketOptions, seed: UInt64) {
        routes = PeerRoutes(seed: seed)
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
        guard let slot = routes.destination(of: message),
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
        routes.forget(pipe)
    }

    func hasRoom(_ pipe: OutboundPipe) {}
}
