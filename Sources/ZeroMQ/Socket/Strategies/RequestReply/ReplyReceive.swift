/// Takes requests in turn from all peers and keeps their envelope for the reply (REP).
final class ReplyReceive: ReceiveStrategy {
    private let state: ReplyState

    init(state: ReplyState) {
        self.state = state
    }

    func receive(
        into message: inout Message, from side: ReceiveSide
    ) throws(ZeroMQError) -> Bool {
        if state.current != nil {
            throw .wrongState("a request is waiting for its reply; send that first")
        }
        while let pipe = side.nextReadable() {
            let slot = pipe._withUnsafeGuaranteedRef { pipe in
                pipe.cut(into: &message)
                side.settle(pipe)
                if pipe.staleMessages > 0 {
                    pipe.staleMessages -= 1
                    return -1
                }
                // The place of a peer that has gone may be another's by the time of the reply.
                return pipe.isOrphan ? -1 : pipe.slot
            }
            if let delimiter = message.firstIndex(where: \.isEmpty),
                let body = message.dropping(first: delimiter + 1)
            {
                let envelope = message.prefix(through: delimiter)
                state.begin(ReplyState.Request(slot: slot, envelope: envelope))
                message = body
                return true
            }
            side.counters.drop(1, .unexpected)
        }
        return false
    }

    func detached(_ pipe: InboundPipe, from side: ReceiveSide) {
        state.lose(pipe.slot)
    }

    /// The connection of a peer is lost, and another will follow. A REQ would take the reply that
    /// came by that one for the reply to whatever it asked last; others know theirs by the
    /// envelope. True when no reply to what came by the old one may be sent any more. Lock held.
    func interrupted(_ pipe: InboundPipe) -> Bool {
        guard pipe.peer?.socketType == .request else { return false }
        pipe.staleMessages = pipe.queuedMessages
        state.lose(pipe.slot)
        return true
    }
}
