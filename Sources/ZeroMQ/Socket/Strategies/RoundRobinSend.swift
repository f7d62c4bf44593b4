/// Sends each message to the next peer that has room (PUSH, DEALER, PAIR).
final class RoundRobinSend: RingSendStrategy {
    @exclusivity(unchecked) var ring = SendRing()

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

    func nextPipe(of side: SendSide) -> Unmanaged<OutboundPipe>? {
        ring.peek.flatMap { side.pipes.unmanaged(at: $0) }
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
            ring.settle(pipe)
            side.signal(pipe)
            pipe.keepBorrowed()
            // Where there are other peers the next message is one of theirs; where only the newest
            // is kept there is nothing to catch up with.
            return pipe.isFarAhead && ring.count == 1 && !side.conflates ? .sentFarAhead : .sent
        }
    }
}
