extension TCPEndpoint {
    /// What to connect to.
    enum Target: Hashable, Sendable {
        /// An address as it stands: nothing is looked up.
        case address(SocketAddress)
        /// A host whose addresses are to be looked up, each time anew.
        case name(String, port: UInt16)
    }

    /// What to connect to.
    ///
    /// - Throws: `.addressNotAvailable` if the zone is not an interface of this machine (now).
    func target() throws(EndpointError) -> Target {
        if case .name(let name) = host { return .name(name, port: port) }
        return .address(try numericAddress(host, port))
    }

    /// The addresses to listen at, in order: a later one only if the earlier is `.unsupported`.
    ///
    /// - Parameters:
    ///   - ipv6: whether IPv6 is allowed; then `*` is one socket for IPv6 and IPv4 both.
    ///   - interfaces: asked for only if the endpoint names an interface.
    /// - Throws: `.addressNotAvailable` if the interface is not there, or has no such address.
    func bindAddresses(
        ipv6: Bool,
        interfaces: () throws(IOError) -> InterfaceAddresses = InterfaceAddresses.current
    ) throws(EndpointError) -> [SocketAddress] {
        switch host {
        case .wildcard:
            let ipv4 = SocketAddress.anyIPv4.with(port: port)
            return ipv6 ? [SocketAddress.anyIPv6.with(port: port), ipv4] : [ipv4]
        case .name(let name):
            let known = try interfaceAddresses(interfaces)
            guard let address = known.address(of: name, ipv6: ipv6) else {
                throw interfaceError(name, known, wanted: ipv6 ? "IP" : "IPv4")
            }
            return [address.with(port: port)]
        case .ipv4, .ipv6:
            return [try numericAddress(host, port)]
        }
    }

    /// The address to connect from, if the endpoint has a source of this family.
    ///
    /// - Parameter target: where the connection goes; the source must be of its family.
    /// - Throws: `.addressNotAvailable` if the source is no interface of this machine, or none with
    ///   an address of that family.
    func sourceAddress(
        for target: SocketAddress,
        interfaces: () throws(IOError) -> InterfaceAddresses = InterfaceAddresses.current
    ) throws(EndpointError) -> SocketAddress? {
        guard let source else { return nil }
        let family = target.isIPv6 ? "IPv6" : "IPv4"
        switch source.host {
        case .wildcard:
            let any = target.isIPv6 ? SocketAddress.anyIPv6 : .anyIPv4
            return any.with(port: source.port)
        case .name(let name):
            let known = try interfaceAddresses(interfaces)
            guard let address = known.address(of: name, isIPv6: target.isIPv6) else {
                throw interfaceError(name, known, wanted: family)
            }
            return address.with(port: source.port)
        case .ipv4, .ipv6:
            let address = try numericAddress(source.host, source.port)
            guard address.isIPv6 == target.isIPv6 else {
                throw error("the source is not an \(family) address, the target is")
            }
            return address
        }
    }

    private func numericAddress(
        _ host: TCPHost, _ port: UInt16
    ) throws(EndpointError) -> SocketAddress {
        switch host {
        case .ipv4(let address):
            return SocketAddress(ipv4: address, port: port)
        case .ipv6(let address, nil):
            return SocketAddress(ipv6: address.high, address.low, port: port)
        case .ipv6(let address, let zone?):
            let text = SocketAddress(ipv6: address.high, address.low, port: 0).host
            if let full = SocketAddress(numericHost: "\(text)%\(zone)", port: port) { return full }
            throw error("there is no network interface '\(zone)'")
        case .wildcard, .name:
            throw error("the host is not an address")
        }
    }

    private func interfaceAddresses(
        _ interfaces: () throws(IOError) -> InterfaceAddresses
    ) throws(EndpointError) -> InterfaceAddresses {
        do {
            return try interfaces()
        } catch {
            throw self.error("the network interfaces are not known: \(error)")
        }
    }

    private func interfaceError(
        _ name: String, _ known: InterfaceAddresses, wanted: String
    ) -> EndpointError {
        if known.contains(name) {
            return error("the network interface '\(name)' has no \(wanted) address")
        }
        return error(
            "there is no network interface '\(name)' with an address; host names are for connect, "
                + "to bind write an address, an interface or '*'")
    }

    private func error(_ reason: String) -> EndpointError {
        EndpointError(.addressNotAvailable, .tcp(self), reason)
    }
}
