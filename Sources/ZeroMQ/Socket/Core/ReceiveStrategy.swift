/// Says what a received message of one socket type looks like, and which are fit to be shown.
/// Every method is called with the lock of the side held.
protocol ReceiveStrategy: AnyObject {
    /// The next message for the application; nil when there is none.
    func receive(from side: ReceiveSide) throws(ZeroMQError) -> Message?
    /// A peer has gone; what it had sent may still be queued.
    func detached(_ pipe: InboundPipe, from side: ReceiveSide)
    /// Whether those who wait have to look again when a peer goes.
    var wakesOnDetach: Bool { get }
}

extension ReceiveStrategy {
    func detached(_ pipe: InboundPipe, from side: ReceiveSide) {}
    var wakesOnDetach: Bool { false }
}
