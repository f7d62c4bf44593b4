/// Takes messages in turn from all peers and puts the peer's routing id in front (ROUTER, STREAM).
final class RoutedReceive: ReceiveStrategy {
    func receive(
        into message: inout Message, from side: ReceiveSide
    ) throws(ZeroMQError) -> Bool {
        guard let pipe = side.nextReadable() else { return false }
        pipe._withUnsafeGuaranteedRef { pipe in
            pipe.cut(into: &message, behind: pipe.routingID)
            side.settle(pipe)
        }
        return true
    }
}
