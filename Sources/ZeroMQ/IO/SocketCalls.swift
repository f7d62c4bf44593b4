/// The calls about sockets that are no operations: made at once, from any thread.
///
/// They are those of the system. A poller or port whose sockets are not the system's (simulated,
/// scripted) brings its own.
protocol SocketCalls: AnyObject, Sendable {
    /// The time on the clock that deadlines are measured by.
    func now() -> Instant

    /// Opens a socket that listens at `address`.
    func openListener(
        _ address: SocketAddress, _ options: ListenOptions
    ) throws(IOError) -> Handle

    /// Opens a socket that can connect to `address`, bound to the source the options name.
    func openStream(
        for address: SocketAddress, _ options: StreamOptions
    ) throws(IOError) -> Handle

    /// Applies options to an accepted stream; what the system refuses is left as it was.
    func tune(_ handle: Handle, _ options: StreamOptions)

    /// The address a socket is bound to; nil for none (an unnamed local socket).
    func localAddress(of handle: Handle) -> SocketAddress?

    /// The address of a connected socket's peer; nil for none.
    func peerAddress(of handle: Handle) -> SocketAddress?

    /// The bytes sent that the peer's system has not acknowledged, a FIN counting as one: what a
    /// reset can still destroy. 0 where that is nothing, or not known.
    func unacknowledgedBytes(of handle: Handle) -> Int

    /// The bytes received that nobody has read; nil where that is not known.
    func unreadBytes(of handle: Handle) -> Int?

    /// Closes a handle that is not registered.
    func close(_ handle: Handle)
}

extension SocketCalls {
    func now() -> Instant { Instant.now() }

    func openListener(
        _ address: SocketAddress, _ options: ListenOptions
    ) throws(IOError) -> Handle {
        try System.openListener(address, options)
    }

    func openStream(
        for address: SocketAddress, _ options: StreamOptions
    ) throws(IOError) -> Handle {
        try System.openStream(for: address, options)
    }

    func tune(_ handle: Handle, _ options: StreamOptions) {
        let isLocal = System.localAddress(of: handle).map { $0.isLocal } ?? true
        System.tune(handle, options, isLocal: isLocal)
    }

    func localAddress(of handle: Handle) -> SocketAddress? { System.localAddress(of: handle) }
    func peerAddress(of handle: Handle) -> SocketAddress? { System.peerAddress(of: handle) }
    func unacknowledgedBytes(of handle: Handle) -> Int { System.unacknowledgedBytes(of: handle) }
    func unreadBytes(of handle: Handle) -> Int? { System.unreadBytes(of: handle) }
    func close(_ handle: Handle) { System.close(handle) }
}
