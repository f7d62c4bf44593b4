/// Sends each message to the next peer that has room (PUSH, DEALER, PAIR).
final class RoundRobinSend: SendStrategy {
    @exclusivity(unchecked) private var ring = RoundRobin()

    func send(
        _ bytes: UnsafeRawBufferPointer, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        distribute(RawFrame(bytes), side)
    }

    func send(
        _ message: Message, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        distribute(message, side)
    }

    @inline(__always)
    private func distribute(_ message: some Outgoing, _ side: SendSide) -> SendOutcome {
        guard let slot = ring.next(), let pipe = side.pipes.unmanaged(at: slot) else {
            return .wouldBlock
        }
        return pipe._withUnsafeGuaranteedRef { pipe in
            if side.conflates { side.counters.drop(pipe.discardQueued(), .conflated) }
            message.append(to: pipe)
            pipe.endMessage()
            if !pipe.hasRoom { park(pipe) }
            side.signal(pipe)
            // Where there are other peers the next message is one of theirs.
            return pipe.isFarAhead && ring.activeCount == 1 ? .sentFarAhead : .sent
        }
    }

    private func park(_ pipe: OutboundPipe) {
        ring.deactivate(pipe.slot)
        pipe.isParked = true
    }

    func attached(_ pipe: OutboundPipe, to side: SendSide) {
        ring.activate(pipe.slot)
    }

    func detached(_ pipe: OutboundPipe, from side: SendSide) {
        ring.deactivate(pipe.slot)
    }

    func hasRoom(_ pipe: OutboundPipe) {
        ring.activate(pipe.slot)
    }

    func isFull(_ pipe: OutboundPipe) {
        park(pipe)
    }
}
