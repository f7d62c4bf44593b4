extension Endpoint {
    /// Succeeds if the system has what the transport needs.
    ///
    /// - Throws: `.unsupported` for `ipc` where there are no local sockets (Windows before 10, and
    ///   Wine), and for its names with `@` where there are none of those.
    func requireSystemSupport(
        localSockets: @autoclosure () -> Bool = System.hasLocalSockets,
        abstractNames: @autoclosure () -> Bool = System.hasAbstractNames
    ) throws(EndpointError) {
        guard case .ipc(let endpoint) = self else { return }
        guard localSockets() else {
            throw EndpointError(
                .unsupported, self, "'ipc' needs local sockets, and this system has none")
        }
        if case .abstract = endpoint, !abstractNames() {
            throw EndpointError(
                .unsupported, self, "names with '@' are a thing of Linux, not of this system")
        }
    }
}
