/// Sends bytes without any framing to the raw TCP peer whose id is the first frame (STREAM).
///
/// An empty body closes that connection.
final class StreamSend: SendStrategy {
    @exclusivity(unchecked) var routes: PeerRoutes

    init(seed: UInt64) {
        routes = PeerRoutes(seed: seed)
    }

    func send(
        _ bytes: UnsafeRawBufferPointer, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        throw .malformed("a stream message is a connection id and a body")
    }

    func send(
        _ message: Message, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        guard message.count == 2 else {
            throw .malformed("a stream message is a connection id and a body")
        }
        guard let slot = routes.destination(of: message),
            let pipe = side.pipes[slot]
        else {
            throw ZeroMQError(
                .hostUnreachable, "no connection has the id \(message.firstFrame)")
        }
        let body = message[1]
        if body.isEmpty {
            // Asked for before the connection has its queue: done when it has.
            if let driver = pipe.driver { driver.closeAfterFlush() } else { pipe.isClosing = true }
            return .sent
        }
        guard pipe.hasRoom else {
            pipe.isParked = true
            return .wouldBlock
        }
        body.withUnsafeBytes { pipe.appendRaw($0) }
        pipe.endMessage()
        side.signal(pipe)
        return .sent
    }

    func attached(_ pipe: OutboundPipe, to side: SendSide) {}

    func detached(_ pipe: OutboundPipe, from side: SendSide) {
        routes.forget(pipe)
    }

    func hasRoom(_ pipe: OutboundPipe) {}
}
