/// A local address to listen at, with the duty to leave the file system as it should be.
///
/// Nothing is ever deleted but a socket at which nobody listens any more. In order: `prepare`, open
/// the listener at `address`, `claim`; then, before the listener is closed, `release`. `release`
/// also undoes a `prepare` after which the listener could not be opened.
struct IPCPath: Sendable {
    /// The endpoint as others connect to it.
    let endpoint: IPCEndpoint
    let address: SocketAddress
    /// The private directory around the socket, if it was made for it.
    private let directory: [UInt8]?
    private var identity: FileStatus.Identity?

    init(endpoint: IPCEndpoint, address: SocketAddress, directory: [UInt8]?) {
        self.endpoint = endpoint
        self.address = address
        self.directory = directory
    }

    /// Opens a listener at an ipc endpoint, obeying all the rules.
    static func listen(
        at endpoint: IPCEndpoint, open: (SocketAddress) throws(IOError) -> Handle
    ) throws(EndpointError) -> (handle: Handle, path: IPCPath) {
        var path = try prepare(endpoint)
        do throws(IOError) {
            let handle = try open(path.address)
            path.claim()
            return (handle, path)
        } catch {
            path.release()
            throw EndpointError(error, at: .ipc(endpoint))
        }
    }
}

extension IPCPath {
    /// Makes the place ready: refuses one that is taken, removes a dead socket, makes the
    /// private directory of a temporary endpoint.
    ///
    /// - Throws: `.addressInUse` unless there is nothing at the path, or a socket that refuses
    ///   connections; `.denied` if the system does not tell.
    static func prepare(_ endpoint: IPCEndpoint) throws(EndpointError) -> IPCPath {
        if endpoint == .temporary { return try makeTemporary() }
        guard let address = endpoint.address else {
            let limit = SocketAddress.maximumPathLength
            throw EndpointError(.invalid, .ipc(endpoint), "it has at most \(limit) bytes")
        }
        if case .path(let path) = endpoint { try DeadSocket.remove(path, address) }
        return IPCPath(endpoint: endpoint, address: address, directory: nil)
    }

    /// Remembers the socket that was made, to know it again. Call it when the listener is open.
    mutating func claim() {
        guard case .path(let path) = address.storage else { return }
        identity = (try? System.status(of: path))?.identity
    }

    /// Removes the socket, if it is still ours, and the private directory.
    ///
    /// Call it while the listener is open: until then nobody else's socket can have its number.
    func release() {
        if let identity, case .path(let path) = address.storage,
            (try? System.status(of: path))?.identity == identity
        {
            System.removeFile(path)
        }
        if let directory {
            System.removeDirectory(directory)
            TemporaryDirectories.shared.forget(directory)
        }
    }

    private static var socketName: [UInt8] { Array("/socket".utf8) }

    private static func makeTemporary() throws(EndpointError) -> IPCPath {
        let name = Array("/zmq-".utf8)
        let longest = SocketAddress.maximumPathLength - name.count - 6 - socketName.count
        var parent = System.temporaryDirectory
        if parent.count > longest { parent = System.shortTemporaryDirectory }
        do throws(IOError) {
            let directory = try System.makePrivateDirectory(prefix: parent + name)
            TemporaryDirectories.shared.remember(directory, file: directory + socketName)
            guard let address = SocketAddress(path: directory + socketName) else {
                throw IOError(.invalid, during: .bind)
            }
            let endpoint = IPCEndpoint.path(directory + socketName)
            return IPCPath(endpoint: endpoint, address: address, directory: directory)
        } catch {
            throw EndpointError(error, at: .ipc(.temporary))
        }
    }
}
