/// The addresses of this machine's network interfaces at one moment.
struct InterfaceAddresses: Sendable {
    let all: [InterfaceAddress]

    init(_ all: [InterfaceAddress]) { self.all = all }

    /// Asks the system.
    static func current() throws(IOError) -> InterfaceAddresses {
        InterfaceAddresses(try System.interfaceAddresses())
    }

    func contains(_ name: String) -> Bool { all.contains { $0.name == name } }

    /// The first address of an interface; with IPv6 allowed, an IPv6 one before an IPv4 one.
    func address(of name: String, ipv6: Bool) -> SocketAddress? {
        let own = all.filter { $0.name == name }.map(\.address)
        if ipv6, let address = own.first(where: { $0.isIPv6 }) { return address }
        return own.first { !$0.isIPv6 }
    }

    /// The first address of an interface that is of one family.
    func address(of name: String, isIPv6: Bool) -> SocketAddress? {
        all.first { $0.name == name && $0.address.isIPv6 == isIPv6 }?.address
    }
}
