/// Sends each request to the next peer behind an empty delimiter, one request at a time (REQ).
final class RequestSend: RingSendStrategy {
    private let state: RequestState
    @exclusivity(unchecked) var ring = SendRing()

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
        switch state.takeTurn() {
        case .free: break
        case .replaces(let former): side.giveUp(former, of: state)
        case .notYet: throw .wrongState("a request is waiting for its reply; receive that first")
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
        ring.settle(pipe)
        side.signal(pipe)
        pipe.keepBorrowed()
        return .sent
    }
}
