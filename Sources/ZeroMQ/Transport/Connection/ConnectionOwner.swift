/// Whoever made a connection and is told of its fate: a listener or a connector.
protocol ConnectionOwner: AnyObject, Sendable {
    /// Has the peer admitted, or returns nil: the owner has ended, and takes no more.
    func admit(_ connection: Connection, _ admission: () -> Admission) -> Admission?
    /// The handshake is over.
    func connectionEstablished(_ connection: Connection)
    /// Everything of it is gone; the last call.
    func connectionEnded(_ connection: Connection, _ end: ConnectionEnd)
}

extension ConnectionOwner {
    func admit(_ connection: Connection, _ admission: () -> Admission) -> Admission? {
        admission()
    }
}
