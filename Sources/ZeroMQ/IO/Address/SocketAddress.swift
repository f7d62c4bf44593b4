/// Where a stream socket listens or connects: IPv4, IPv6, or a local (Unix domain) path or name.
///
/// Held in the protocols' own terms, not in the system's structure, so that it is a portable value.
struct SocketAddress: Hashable, Sendable {
    enum Storage: Hashable, Sendable {
        /// The address with its first octet highest.
        case ipv4(UInt32, port: UInt16)
        /// The scope is the interface a link-local address belongs to, 0 for none.
        case ipv6(IPv6Bytes, port: UInt16, scope: UInt32)
        /// A path in the file system.
        case path([UInt8])
        /// A name outside the file system, Linux only; without its leading zero byte.
        case abstract([UInt8])
    }

    /// The sixteen bytes of an IPv6 address, as two big-endian halves.
    struct IPv6Bytes: Hashable, Sendable {
        var high: UInt64
        var low: UInt64
    }

    /// The longest path or name, in bytes: what the system's structure holds with a terminator.
    static var maximumPathLength: Int {
        #if !canImport(WinSDK) && canImport(Darwin)
            103
        #else
            107
        #endif
    }

    let storage: Storage

    private init(_ storage: Storage) { self.storage = storage }

    // MARK: Making one

    /// An IPv4 address, first octet highest: `0x7f00_0001` is 127.0.0.1.
    init(ipv4: UInt32, port: UInt16) { storage = .ipv4(ipv4, port: port) }

    /// An IPv6 address as two halves.
    init(ipv6 high: UInt64, _ low: UInt64, port: UInt16, scope: UInt32 = 0) {
        storage = .ipv6(IPv6Bytes(high: high, low: low), port: port, scope: scope)
    }

    /// A path in the file system; nil if it is empty, too long or has a zero byte.
    init?(path: [UInt8]) {
        guard !path.isEmpty, path.count <= Self.maximumPathLength, !path.contains(0) else {
            return nil
        }
        storage = .path(path)
    }

    /// A name outside the file system; nil if it is empty or too long.
    init?(abstractName name: [UInt8]) {
        guard !name.isEmpty, name.count <= Self.maximumPathLength else { return nil }
        storage = .abstract(name)
    }

    /// Any port on any IPv4 address of this machine.
    static let anyIPv4 = SocketAddress(ipv4: 0, port: 0)
    /// Any port on any address of this machine.
    static let anyIPv6 = SocketAddress(ipv6: 0, 0, port: 0)

    // MARK: Looking at one

    /// The port; 0 for local addresses and for "any port".
    var port: UInt16 {
        switch storage {
        case .ipv4(_, let port), .ipv6(_, let port, _): port
        case .path, .abstract: 0
        }
    }

    /// The same address with another port; local addresses are unchanged.
    func with(port: UInt16) -> SocketAddress {
        switch storage {
        case .ipv4(let address, _): SocketAddress(.ipv4(address, port: port))
        case .ipv6(let bytes, _, let scope): SocketAddress(.ipv6(bytes, port: port, scope: scope))
        case .path, .abstract: self
        }
    }

    /// Whether this is a local (Unix domain) address.
    var isLocal: Bool {
        switch storage {
        case .ipv4, .ipv6: false
        case .path, .abstract: true
        }
    }

    /// Whether this is an IPv6 address.
    var isIPv6: Bool {
        if case .ipv6 = storage { return true }
        return false
    }

    /// Whether this stands for all addresses of the machine.
    var isWildcard: Bool {
        switch storage {
        case .ipv4(let address, _): address == 0
        case .ipv6(let bytes, _, _): bytes.high == 0 && bytes.low == 0
        case .path, .abstract: false
        }
    }
}
