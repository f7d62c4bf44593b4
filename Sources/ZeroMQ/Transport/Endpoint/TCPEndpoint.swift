/// The address part of `tcp://`: host and port, and perhaps a source to connect from.
struct TCPEndpoint: Hashable, Sendable {
    var host: TCPHost
    /// 0 is any free port (`*`), to bind only.
    var port: UInt16
    /// Where connections come from: `tcp://SOURCE;HOST:PORT`.
    var source: Source?

    struct Source: Hashable, Sendable {
        var host: TCPHost
        /// 0 is any free port (`*`).
        var port: UInt16
    }

    init(host: TCPHost, port: UInt16, source: Source? = nil) {
        self.host = host
        self.port = port
        self.source = source
    }
}

extension TCPEndpoint: CustomStringConvertible {
    var description: String {
        let target = "\(host):\(Self.text(of: port))"
        guard let source else { return target }
        return "\(source.host):\(Self.text(of: source.port));\(target)"
    }

    private static func text(of port: UInt16) -> String { port == 0 ? "*" : String(port) }
}
