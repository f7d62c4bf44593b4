/// Sends each request to the next peer behind an empty delimiter, one request at a time (REQ).
final class RequestSend: SendStrategy {
    private let state: RequestState
    @exclusivity(unchecked) private var ring = RoundRobin()

    init(state: RequestState) {
        self.state = state
    }

    func send(
        _ bytes: UnsafeRawBufferPointer, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        try ask(RawFrame(bytes), side)
    }

    func send(
        _ message: Message, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        try ask(message, side)
    }

    private func ask(
        _ message: some Outgoing, _ side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        guard state.maySend else {
            throw .wrongState("a request is waiting for its reply; receive that first")
        }
        guard let slot = ring.next(), let pipe = side.pipes[slot] else { return .wouldBlock }
        let correlation = state.makeCorrelation()
        if let correlation {
            withUnsafeBytes(of: correlation.bigEndian) { pipe.appendFrame($0, more: true) }
        }
        pipe.appendFrame(UnsafeRawBufferPointer(start: nil, count: 0), more: true)
        message.append(to: pipe)
        pipe.endMessage()
        // Before anything leaves: the reply may be faster than this thread.
        state.sent(to: slot, correlation: correlation)
        if !pipe.hasRoom {
            ring.deactivate(slot)
            pipe.isParked = true
        }
        side.signal(pipe)
        return .sent
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
        ring.deactivate(pipe.slot)
        pipe.isParked = true
    }
}
