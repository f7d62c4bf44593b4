/// Where a socket listens or connects: `tcp://`, `ipc://` or `inproc://` and an address.
///
/// The text form of an endpoint parses to an equal endpoint. Equality is that of meaning: of
/// addresses, not of spellings.
enum Endpoint: Hashable, Sendable {
    case tcp(TCPEndpoint)
    case ipc(IPCEndpoint)
    /// A name within one context, 1 to 256 bytes.
    case inproc([UInt8])

    static var maxInprocName: Int { 256 }

    /// The transport's name, as in the text form.
    var scheme: String {
        switch self {
        case .tcp: "tcp"
        case .ipc: "ipc"
        case .inproc: "inproc"
        }
    }

    /// The endpoint of a bound or connected socket; an IPv4 address in IPv6 form is shown as IPv4.
    init(_ address: SocketAddress) {
        switch address.storage {
        case .ipv4(let ipv4, let port):
            self = .tcp(TCPEndpoint(host: .ipv4(ipv4), port: port))
        case .ipv6(let ipv6, let port, let scope):
            if let ipv4 = ipv6.mappedIPv4 {
                self = .tcp(TCPEndpoint(host: .ipv4(ipv4), port: port))
            } else {
                let zone = scope == 0 ? nil : String(scope)
                self = .tcp(TCPEndpoint(host: .ipv6(ipv6, zone: zone), port: port))
            }
        case .path(let path):
            self = .ipc(.path(path))
        case .abstract(let name):
            self = .ipc(.abstract(name))
        }
    }
}

extension Endpoint: CustomStringConvertible {
    var description: String {
        switch self {
        case .tcp(let endpoint): "tcp://\(endpoint)"
        case .ipc(let endpoint): "ipc://\(endpoint)"
        case .inproc(let name): "inproc://\(String(decoding: name, as: UTF8.self))"
        }
    }
}

extension SocketAddress.IPv6Bytes {
    /// The IPv4 address inside `::ffff:0:0/96`: what a dual-stack socket calls an IPv4 peer.
    var mappedIPv4: UInt32? {
        high == 0 && low >> 32 == 0xFFFF ? UInt32(truncatingIfNeeded: low) : nil
    }
}
