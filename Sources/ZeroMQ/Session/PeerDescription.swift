/// What a peer said of itself in its handshake.
struct PeerDescription: Hashable, Sendable {
    /// `nil` only where a missing type is tolerated.
    var socketType: SocketType?
    /// What a REQ, DEALER or ROUTER peer calls itself: 0 to 255 bytes, the first not zero.
    var routingID: [UInt8] = []
    /// The minor version both sides speak: 0 for ZMTP 3.0, 1 for 3.1.
    var minorVersion: UInt8
    /// The application's own and unknown properties, as they came; never one that we set ourselves.
    var properties: [MetadataProperty] = []
}
