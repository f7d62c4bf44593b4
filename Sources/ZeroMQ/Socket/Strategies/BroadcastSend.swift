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
        if side.pipes.isEmpty { return .sent }
        let run = log.encode(bytes)
        spread(to: side) { run.append(to: $0) }
        return .sent
    }

    func send(
        _ message: Message, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome {
        if side.pipes.isEmpty { return .sent }
        let entry = log.encode(message)
        spread(to: side) { entry.append(to: $0) }
        return .sent
    }

    @inline(__always)
    private func spread(to side: SendSide, _ append: (OutboundPipe) -> Void) {
        side.pipes.forEach { pipe in
            guard pipe.hasRoom else { return side.counters.drop(1, .highWaterMark) }
            append(pipe)
            side.signal(pipe)
        }
    }

    func attached(_ pipe: OutboundPipe, to side: SendSide) {}
    func detached(_ pipe: OutboundPipe, from side: SendSide) {}
    func hasRoom(_ pipe: OutboundPipe) {}
}
