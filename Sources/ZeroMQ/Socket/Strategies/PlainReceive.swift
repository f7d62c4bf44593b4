/// Takes messages as they are, in turn from all peers (PULL, DEALER, PAIR, XSUB, XPUB).
final class PlainReceive: ReceiveStrategy {
    /// The peer whose message was taken last: what a manual XPUB subscription applies to.
    @exclusivity(unchecked) private(set) var lastSlot: Int?

    func receive(
        into message: inout Message, from side: ReceiveSide
    ) throws(ZeroMQError) -> Bool {
        if side.takeLeftOver(into: &message) { return true }
        guard let pipe = side.nextReadable() else { return false }
        pipe._withUnsafeGuaranteedRef { pipe in
            lastSlot = pipe.slot
            if !side.beginLease(of: pipe, &message) { pipe.cut(into: &message) }
            side.settle(pipe)
        }
        return true
    }
}
