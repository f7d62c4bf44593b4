/// The host part of a `tcp://` endpoint.
enum TCPHost: Hashable, Sendable {
    /// Every address of this machine (`*`), to bind only.
    case wildcard
    /// First octet highest.
    case ipv4(UInt32)
    /// The zone is the name or number of the interface a link-local address belongs to.
    case ipv6(SocketAddress.IPv6Bytes, zone: String?)
    /// To connect, a host whose addresses are looked up; to bind, a network interface.
    case name(String)
}

extension TCPHost: CustomStringConvertible {
    var description: String {
        switch self {
        case .wildcard: return "*"
        case .ipv4(let address): return SocketAddress(ipv4: address, port: 0).host
        case .ipv6(let address, let zone):
            let text = SocketAddress(ipv6: address.high, address.low, port: 0).host
            return zone.map { "[\(text)%\($0)]" } ?? "[\(text)]"
        case .name(let name): return name
        }
    }
}
