/// Says what a received message of one socket type looks like, and which are fit to be shown.
/// Every method is called with the lock of the side held.
protocol ReceiveStrategy: AnyObject {
    /// Puts the next message for the application into `message`; false when there is none.
    ///
    /// Into, because a message is a large value and returning it through here copied it thrice.
    func receive(into message: inout Message, from side: ReceiveSide) throws(ZeroMQError) -> Bool
    /// A peer has gone; what it had sent may still be queued.
    func detached(_ pipe: InboundPipe, from side: ReceiveSide)
    /// Whether those who wait have to look again when a peer goes.
    var wakesOnDetach: Bool { get }
}

extension ReceiveStrategy {
    func detached(_ pipe: InboundPipe, from side: ReceiveSide) {}
    var wakesOnDetach: Bool { false }
}
