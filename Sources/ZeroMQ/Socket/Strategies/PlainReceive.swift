/// Takes messages as they are, in turn from all peers (PULL, DEALER, PAIR, XSUB, XPUB).
final class PlainReceive: ReceiveStrategy {
    /// The peer whose message was taken last: what a manual XPUB subscription applies to.
    private(set) var lastSlot: Int?

    func receive(from side: ReceiveSide) throws(ZeroMQError) -> Message? {
        guard let pipe = side.nextReadable() else { return nil }
        return pipe._withUnsafeGuaranteedRef { pipe in
            lastSlot = pipe.slot
            let message = pipe.cut()
            side.settle(pipe)
            return message
        }
    }
}
