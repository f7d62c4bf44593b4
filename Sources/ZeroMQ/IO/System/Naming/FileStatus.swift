/// What there is at a path, links not followed.
struct FileStatus: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        case regularFile, directory, symbolicLink, socket, other

        /// The kind with its article, for messages.
        var text: StaticString {
            switch self {
            case .regularFile: "a regular file"
            case .directory: "a directory"
            case .symbolicLink: "a symbolic link"
            case .socket: "a socket"
            case .other: "a device or pipe"
            }
        }
    }

    /// What tells a file from all others on this machine.
    ///
    /// Numbers are given out again when a file is gone; the time of the last change of its content
    /// (for a socket: when it was made) makes a mistake unlikely then.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
        let changed: Instant
    }

    let kind: Kind
    let identity: Identity
}
