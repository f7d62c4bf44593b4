/// Takes messages as they are, in turn from all peers (PULL, DEALER, PAIR, XSUB, XPUB).
final class PlainReceive: ReceiveStrategy {
    /// No peer's slot: that of one that has gone is another's before long.
    static let gone = -1
    /// The peer whose message was taken last: what a manual XPUB subscription applies to.
    @exclusivity(unchecked) private(set) var lastSlot: Int?

    func receive(
        into message: inout Message, from side: ReceiveSide
    ) throws(ZeroMQError) -> Bool {
        guard let pipe = side.nextReadable() else { return false }
        pipe._withUnsafeGuaranteedRef { pipe in
            lastSlot = pipe.isOrphan ? Self.gone : pipe.slot
            pipe.cut(into: &message)
            side.settle(pipe)
            side.beginLease(of: pipe)
        }
        return true
    }

    func detached(_ pipe: InboundPipe, from side: ReceiveSide) {
        if lastSlot == pipe.slot { lastSlot = Self.gone }
    }
}
