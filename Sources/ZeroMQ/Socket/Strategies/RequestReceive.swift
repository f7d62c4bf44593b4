/// Takes the reply to the request under way, and nothing else (REQ).
final class RequestReceive: ReceiveStrategy {
    private let state: RequestState

    init(state: RequestState) {
        self.state = state
    }

    func receive(from side: ReceiveSide) throws(ZeroMQError) -> Message? {
        while true {
            switch state.current {
            case .idle:
                throw .wrongState("there is no request to receive a reply to; send one first")
            case .lost:
                state.finish()
                throw ZeroMQError(.peerLost, "the peer that was asked has gone without a reply")
            case .awaiting(let slot, let correlation):
                guard let (sender, message) = next(side) else { return nil }
                if sender == slot, let reply = Self.open(message, correlation) {
                    state.finish()
                    return reply
                }
                side.counters.drop(1, .unexpected)
            }
        }
    }

    private func next(_ side: ReceiveSide) -> (slot: Int, message: Message)? {
        guard let pipe = side.nextReadable() else { return nil }
        return pipe._withUnsafeGuaranteedRef { pipe in
            let message = pipe.cut()
            side.settle(pipe)
            return (pipe.slot, message)
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

    var wakesOnDetach: Bool { true }
}

extension ReceiveSide {
    /// Throws away what came before the request that is about to be sent (REQ).
    func discardStaleReplies() {
        lock.lock()
        while let pipe = nextReadable()?.takeUnretainedValue() {
            _ = pipe.cut()
            counters.drop(1, .unexpected)
            settle(pipe)
        }
        unlockAndSettle()
    }
}
