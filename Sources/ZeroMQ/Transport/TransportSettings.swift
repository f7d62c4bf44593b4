/// What a listener or connector needs to know of its socket's options, taken when it begins.
struct TransportSettings: Sendable {
    var session: SessionConfiguration
    var stream: StreamOptions
    var isRaw: Bool
    var maxPendingHandshakes: Int
    var reconnect: ReconnectPolicy
    var connectTimeout: Duration?
    var usesIPv6: Bool
    var affinity: UInt64
}
