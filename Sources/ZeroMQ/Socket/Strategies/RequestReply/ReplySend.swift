/// Sends the reply back to whoever asked, behind the envelope of the request (REP).
///
/// It never waits: a requester that has gone, or does not read, loses its reply.
final class ReplySend: SendStrategy {
    private let state: ReplyState

    init(state: ReplyState) {
        self.state = state
    }

    func send(
        _ bytes: UnsafeRawBufferPointer, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        try answer(RawFrame(bytes), side)
    }

    func send(
        _ message: Message, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        try answer(message, side)
    }

    private func answer(
        _ message: some Outgoing, _ side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        guard let request = state.current else {
            throw .wrongState("there is no request to reply to; receive one first")
        }
        state.finish()
        guard let pipe = request.slot < 0 ? nil : side.pipes[request.slot] else {
            side.counters.drop(1, .unroutable)
            return .dropped
        }
        guard pipe.hasRoom else {
            side.counters.drop(1, .highWaterMark)
            return .dropped
        }
        for frame in request.envelope { frame.append(to: pipe, more: true) }
        message.append(to: pipe)
        pipe.endMessage()
        side.signal(pipe)
        pipe.keepBorrowed()
        return .sent
    }

    func attached(_ pipe: OutboundPipe, to side: SendSide) {}

    func detached(_ pipe: OutboundPipe, from side: SendSide) {
        state.lose(pipe.slot)
    }

    func hasRoom(_ pipe: OutboundPipe) {}
}
