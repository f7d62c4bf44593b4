/// What a case is measured over.
enum Axis: String, Codable, Sendable {
    /// Bytes of a frame.
    case bytes
    /// Sockets on the connecting side.
    case peers
    /// Connections of one server.
    case connections
    /// Subscriptions of one subscriber.
    case subscriptions
    /// I/O threads of a context.
    case threads

    /// A point of it, for people.
    func text(_ point: Int) -> String {
        self == .bytes ? "\(point) B" : "\(point) \(rawValue)"
    }
}
