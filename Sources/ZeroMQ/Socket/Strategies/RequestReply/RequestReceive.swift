/// Takes the reply to the request under way, and nothing else (REQ).
final class RequestReceive: ReceiveStrategy {
    private let state: RequestState

    init(state: RequestState) {
        self.state = state
    }

    func receive(
        into message: inout Message, from side: ReceiveSide
    ) throws(ZeroMQError) -> Bool {
        try next(of: nil, into: &message, side)
    }

    /// Puts the reply to the request `serial` into `message`; false while it can still come.
    func receive(
        replyTo serial: UInt64, into message: inout Message, from side: ReceiveSide
    ) throws(ZeroMQError) -> Bool {
        try next(of: serial, into: &message, side)
    }

    private func next(
        of serial: UInt64?, into message: inout Message, _ side: ReceiveSide
    ) throws(ZeroMQError) -> Bool {
        while true {
            if let serial, state.current.request?.serial != serial { throw replaced() }
            if serial == nil, state.current == .idle {
                throw .wrongState("there is no request to receive a reply to; send one first")
            }
            guard let sender = next(into: &message, side) else { return try reportLoss() }
            // Asked behind the cut: it may be the reply to a request sent in this moment.
            if let request = state.expected(from: sender),
                let reply = Self.open(message, request.correlation),
                serial == nil || serial == request.serial, state.finish(request)
            {
                message = reply
                return true
            }
            side.counters.drop(1, .unexpected)
        }
    }

    /// Why a request is no longer under way whose reply nobody has taken.
    private func replaced() -> ZeroMQError {
        state.isRelaxed
            ? .wrongState("another request has taken the place of this one")
            : Self.peerLost
    }

    /// There is no reply yet; false while one can still come.
    private func reportLoss() throws(ZeroMQError) -> Bool {
        guard state.finishLost() else { return false }
        throw Self.peerLost
    }

    private static var peerLost: ZeroMQError {
        ZeroMQError(.peerLost, "the peer that was asked has gone without a reply")
    }

    private func next(into message: inout Message, _ side: ReceiveSide) -> Int? {
        guard let pipe = side.nextReadable() else { return nil }
        return pipe._withUnsafeGuaranteedRef { pipe in
            pipe.cut(into: &message)
            side.settle(pipe)
            return pipe.slot
        }
    }

    /// The body behind the envelope, or nil where the envelope is not that of our request.
    private static func open(_ message: Message, _ correlation: UInt32?) -> Message? {
        var position = 0
        if let correlation {
            let expected = withUnsafeBytes(of: correlation.bigEndian) { Frame(copying: $0) }
            guard message[0] == expected else { return nil }
            position = 1
        }
        guard position < message.count, message[position].isEmpty else { return nil }
        return message.dropping(first: position + 1)
    }

    func detached(_ pipe: InboundPipe, from side: ReceiveSide) {
        side.discardSevered(pipe, state)
    }

    var wakesOnDetach: Bool { true }
}

extension ReceiveSide {
    /// Throws away what came before the request that is about to be sent (REQ).
    func discardStaleReplies() {
        var stale = Message()
        lockQueues()
        while let pipe = nextReadable()?.takeUnretainedValue() {
            pipe.cut(into: &stale)
            counters.drop(1, .unexpected)
            settle(pipe)
        }
        unlockAndSettle()
    }

    /// The connection of a peer that was given up has gone: throws away what it brought. Lock held.
    func discardSevered(_ pipe: InboundPipe, _ state: RequestState) {
        if state.mend(pipe.slot) { counters.drop(pipe.discardWhole(), .unexpected) }
    }
}
