/// Takes messages in turn from all peers and puts the peer's routing id in front (ROUTER, STREAM).
final class RoutedReceive: ReceiveStrategy {
    func receive(from side: ReceiveSide) throws(ZeroMQError) -> Message? {
        guard let pipe = side.nextReadable() else { return nil }
        return pipe._withUnsafeGuaranteedRef { pipe in
            let message = pipe.cut(behind: pipe.routingID)
            side.settle(pipe)
            return message
        }
    }
}
