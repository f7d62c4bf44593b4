extension Endpoint {
    /// Reads an endpoint.
    ///
    /// - Parameters:
    ///   - ipv6: whether IPv6 addresses may be used (`ZMQ_IPV6`); a literal one is refused if not.
    /// - Throws: `.invalid`, or `.unsupported` for a transport that is known but not made.
    init(_ text: String, for purpose: EndpointPurpose, ipv6: Bool = true) throws(EndpointError) {
        guard text.utf8.count <= Self.maxLength else {
            throw EndpointError(
                .invalid, text.utf8,
                "an endpoint has at most \(Self.maxLength) bytes, this one \(text.utf8.count)")
        }
        let bytes = Array(text.utf8)
        guard !bytes.contains(0) else {
            throw EndpointError(.invalid, bytes, "an endpoint has no NUL character in it")
        }
        let (scheme, rest) = try Self.splitScheme(bytes)
        switch scheme {
        case "tcp":
            let parser = TCPEndpointParser(whole: bytes, purpose: purpose, allowsIPv6: ipv6)
            self = .tcp(try parser.parse(rest))
        case "ipc":
            self = .ipc(try Self.parseIPC(rest, purpose, whole: bytes))
        case "inproc":
            self = .inproc(try Self.parseInproc(rest, whole: bytes))
        default:
            throw Self.schemeError(scheme, whole: bytes)
        }
    }

    /// Longer than any endpoint that can be used.
    private static var maxLength: Int { 1024 }

    /// Transports of other implementations.
    private static var knownSchemes: [String] {
        ["udp", "ws", "wss", "tipc", "vmci", "vsock", "hyperv", "pgm", "epgm", "norm"]
    }

    private static func splitScheme(
        _ bytes: [UInt8]
    ) throws(EndpointError) -> (scheme: String, rest: ArraySlice<UInt8>) {
        if bytes.isEmpty { throw EndpointError(.invalid, bytes, "the endpoint is empty") }
        let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
        let rest = bytes[colon...]
        guard colon > 0, rest.starts(with: "://".utf8) else {
            throw EndpointError(
                .invalid, bytes,
                "an endpoint looks like 'tcp://HOST:PORT', 'ipc://PATH' or "
                    + "'inproc://NAME'")
        }
        return (String(decoding: bytes[..<colon], as: UTF8.self), rest.dropFirst(3))
    }

    private static func schemeError(_ scheme: String, whole: [UInt8]) -> EndpointError {
        if knownSchemes.contains(scheme) {
            return EndpointError(
                .unsupported, whole, "the transport '\(scheme)' is not supported")
        }
        let lower = scheme.lowercased()
        if lower != scheme,
            knownSchemes.contains(lower) || ["tcp", "ipc", "inproc"].contains(lower)
        {
            return EndpointError(
                .invalid, whole, "the transport is written in lower case, '\(lower)'")
        }
        let shown = EscapedText.make(scheme.utf8, limit: 40)
        return EndpointError(.invalid, whole, "'\(shown)' is not a transport")
    }

    private static func parseIPC(
        _ rest: ArraySlice<UInt8>, _ purpose: EndpointPurpose, whole: [UInt8]
    ) throws(EndpointError) -> IPCEndpoint {
        if rest.elementsEqual("*".utf8) {
            guard purpose == .bind else {
                throw EndpointError(.invalid, whole, "'*' is for bind; connect needs a path")
            }
            return .temporary
        }
        let isAbstract = rest.first == UInt8(ascii: "@")
        let name = isAbstract ? rest.dropFirst() : rest
        guard !name.isEmpty else {
            throw EndpointError(.invalid, whole, "the \(isAbstract ? "name" : "path") is empty")
        }
        let limit = SocketAddress.maximumPathLength
        guard name.count <= limit else {
            throw EndpointError(
                .invalid, whole,
                "the \(isAbstract ? "name" : "path") has \(name.count) bytes, at most \(limit)")
        }
        return isAbstract ? .abstract(Array(name)) : .path(Array(name))
    }

    private static func parseInproc(
        _ rest: ArraySlice<UInt8>, whole: [UInt8]
    ) throws(EndpointError) -> [UInt8] {
        if rest.isEmpty { throw EndpointError(.invalid, whole, "the name is empty") }
        guard rest.count <= maxInprocName else {
            throw EndpointError(
                .invalid, whole, "the name has \(rest.count) bytes, at most \(maxInprocName)")
        }
        return Array(rest)
    }
}
