/// Looks up the addresses of hosts without keeping the caller waiting.
///
/// Numeric addresses never come here (see `TCPEndpoint.Target`).
protocol NameResolver: AnyObject, Sendable {
    /// Starts a lookup.
    ///
    /// - Parameter completion: called once, on any thread, perhaps before this call returns; not at
    ///   all once `cancel` has returned true. It must be quick: hand the result to its I/O thread.
    func resolve(
        _ query: ResolveQuery, _ completion: @escaping @Sendable (ResolveResult) -> Void
    ) -> ResolveToken

    /// Gives a lookup up.
    ///
    /// - Returns: true if its completion will not be called; false if it was, or is being called.
    @discardableResult
    func cancel(_ token: ResolveToken) -> Bool

    /// Ends all lookups with the error `.stopped`, those to come included. Does not wait.
    func stop()
}

extension NameResolver {
    func stop() {}
}

/// The addresses in the order to try them in, at least one; or why there are none.
typealias ResolveResult = Result<[SocketAddress], LookupError>

/// What to look up.
struct ResolveQuery: Hashable, Sendable {
    var host: String
    /// The port the addresses are to have.
    var port: UInt16
    /// Whether IPv6 addresses are wanted beside IPv4 ones (`ZMQ_IPV6`).
    var ipv6: Bool
}

/// Names a lookup in progress.
struct ResolveToken: Hashable, Sendable {
    let number: UInt64
}

extension NameResolver {
    /// Starts a lookup; see `resolve(_:_:)`.
    func resolve(
        _ host: String, port: UInt16, ipv6: Bool,
        _ completion: @escaping @Sendable (ResolveResult) -> Void
    ) -> ResolveToken {
        resolve(ResolveQuery(host: host, port: port, ipv6: ipv6), completion)
    }
}
