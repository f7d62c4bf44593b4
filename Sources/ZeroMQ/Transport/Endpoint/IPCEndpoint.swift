/// The address part of `ipc://`.
enum IPCEndpoint: Hashable, Sendable {
    /// A path in the file system, as bytes; relative ones are to the working directory.
    case path([UInt8])
    /// A name outside the file system (`@name`), Linux only; without the `@`.
    case abstract([UInt8])
    /// A fresh path in a private directory (`*`), to bind only.
    case temporary

    /// The socket's address; nil for a temporary one, which has none yet.
    var address: SocketAddress? {
        switch self {
        case .path(let path): SocketAddress(path: path)
        case .abstract(let name): SocketAddress(abstractName: name)
        case .temporary: nil
        }
    }
}

extension IPCEndpoint: CustomStringConvertible {
    var description: String {
        switch self {
        case .path(let path): String(decoding: path, as: UTF8.self)
        case .abstract(let name): "@" + String(decoding: name, as: UTF8.self)
        case .temporary: "*"
        }
    }
}
