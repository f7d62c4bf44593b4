/// Where a connector connects to.
enum ConnectTarget: Sendable {
    case tcp(TCPEndpoint)
    case local(SocketAddress)

    /// The address, or the name that has to be looked up first.
    func destination() throws(EndpointError) -> TCPEndpoint.Target {
        switch self {
        case .tcp(let endpoint): try endpoint.target()
        case .local(let address): .address(address)
        }
    }

    /// The local address to connect from, where one is asked for.
    func source(for address: SocketAddress) throws(EndpointError) -> SocketAddress? {
        guard case .tcp(let endpoint) = self else { return nil }
        return try endpoint.sourceAddress(for: address)
    }
}
