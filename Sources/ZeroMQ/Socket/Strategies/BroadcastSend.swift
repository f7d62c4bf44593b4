/// Sends each message to every peer (XSUB: user messages for all publishers).
final class BroadcastSend: SendStrategy {
    let sendsToOne = false
    @exclusivity(unchecked) private var log: SharedLog

    init(pool: ChunkPool) {
        log = SharedLog(pool: pool)
    }

    func send(
        _ bytes: UnsafeRawBufferPointer, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        if !side.pipes.isEmpty { spread(log.encode(bytes), side) }
        return .sent
    }

    func send(
        _ message: Message, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        if !side.pipes.isEmpty { spread(log.encode(message), side) }
        return .sent
    }

    private func spread(_ entry: SharedLog.Entry, _ side: SendSide) {
        side.pipes.forEach { pipe in
            guard pipe.hasRoom else { return side.counters.drop(1, .highWaterMark) }
            entry.append(to: pipe)
            side.signal(pipe)
        }
    }

    func attached(_ pipe: OutboundPipe, to side: SendSide) {}
    func detached(_ pipe: OutboundPipe, from side: SendSide) {}
    func hasRoom(_ pipe: OutboundPipe) {}
}
