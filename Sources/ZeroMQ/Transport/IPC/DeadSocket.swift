/// The removal of a socket whose process is gone.
enum DeadSocket {
    /// Removes what is at `path` if it is a dead socket; does nothing if nothing is there.
    ///
    /// - Throws: `.addressInUse` if it is anything else, `.denied` if that cannot be known.
    static func remove(
        _ path: [UInt8], _ address: SocketAddress
    ) throws(EndpointError) {
        let status = try status(of: path)
        guard let status else { return }
        guard status.kind == .socket else {
            throw error(.addressInUse, path, "there is \(status.kind.text), which stays")
        }
        try requireDead(path, address)
        try take(path, status.identity)
    }

    private static func status(of path: [UInt8]) throws(EndpointError) -> FileStatus? {
        do {
            return try System.status(of: path)
        } catch {
            throw EndpointError(error, at: .ipc(.path(path)))
        }
    }

    /// Succeeds if connections are refused.
    private static func requireDead(
        _ path: [UInt8], _ address: SocketAddress
    ) throws(EndpointError) {
        for attempt in 0..<2 {
            // Somebody else's socket refuses for a moment, between its bind and its listen.
            if attempt > 0 { System.pause(milliseconds: 2) }
            switch probe(address) {
            case nil, .retry?:
                throw error(.addressInUse, path, "somebody else listens there")
            case .refused?:
                continue
            case .denied?:
                throw error(.denied, path, "there is a socket of another user")
            case let kind?:
                throw error(.system, path, "the socket there cannot be tried: \(kind.text)")
            }
        }
    }

    /// What a connection fails with; nil if it does not fail.
    private static func probe(_ address: SocketAddress) -> IOError.Kind? {
        do throws(IOError) {
            let handle = try System.openSocket(for: address)
            defer { System.close(handle) }
            let code = System.startConnect(handle, to: address)
            return code == 0 ? nil : IOError.Kind(systemCode: code)
        } catch {
            return error.kind
        }
    }

    /// Removes the file that was looked at and no other.
    ///
    /// Between the look and the removal another process may have done the same and put its own
    /// socket there. So the file is moved aside first, looked at again, and moved back unless
    /// it is the dead one.
    private static func take(
        _ path: [UInt8], _ identity: FileStatus.Identity
    ) throws(EndpointError) {
        let aside = path + Array(".dead-\(System.processID)".utf8)
        guard System.renameFile(path, to: aside) else {
            if try status(of: path) == nil { return }
            throw error(.denied, path, "the dead socket there cannot be removed")
        }
        if try status(of: aside)?.identity == identity {
            System.removeFile(aside)
            return
        }
        _ = System.linkFile(aside, to: path)
        System.removeFile(aside)
        throw error(.addressInUse, path, "somebody else listens there")
    }

    private static func error(
        _ code: EndpointError.Code, _ path: [UInt8], _ reason: String
    ) -> EndpointError {
        EndpointError(code, .ipc(.path(path)), reason)
    }
}
