/// Whoever made a connection and is told of its fate: a listener or a connector.
protocol ConnectionOwner: AnyObject, Sendable {
    /// The handshake is over.
    func connectionEstablished(_ connection: Connection)
    /// Everything of it is gone; the last call.
    func connectionEnded(_ connection: Connection, _ end: ConnectionEnd)
}
