/// Reads what follows `tcp://`.
struct TCPEndpointParser {
    /// The whole text, for messages.
    let whole: [UInt8]
    let purpose: EndpointPurpose
    let allowsIPv6: Bool

    /// What an address in the text is for.
    private enum Role {
        case bind, source, target
    }

    /// Longest name of a host (RFC 1035), with the dot at its end.
    private static var maxName: Int { 254 }
    private static var maxZone: Int { 63 }

    func parse(_ text: ArraySlice<UInt8>) throws(EndpointError) -> TCPEndpoint {
        guard !text.contains(UInt8(ascii: "/")) else {
            throw error("a tcp endpoint has no path")
        }
        guard let semicolon = text.firstIndex(of: UInt8(ascii: ";")) else {
            let (host, port) = try parseAddress(text, purpose == .bind ? .bind : .target)
            return TCPEndpoint(host: host, port: port)
        }
        guard purpose == .connect else {
            throw error("a source address ('SOURCE;HOST:PORT') is for connect")
        }
        let source = try parseAddress(text[..<semicolon], .source)
        let target = try parseAddress(text[(semicolon + 1)...], .target)
        return TCPEndpoint(
            host: target.host, port: target.port,
            source: .init(host: source.host, port: source.port))
    }

    private func parseAddress(
        _ text: ArraySlice<UInt8>, _ role: Role
    ) throws(EndpointError) -> (host: TCPHost, port: UInt16) {
        guard let colon = text.lastIndex(of: UInt8(ascii: ":")) else {
            throw error("there is no port; write 'HOST:PORT'")
        }
        let host = text[..<colon]
        let parsed =
            host.first == UInt8(ascii: "[")
            ? try parseBracketed(text) : try parsePlain(host, role)
        return (parsed, try parsePort(text[(colon + 1)...], role))
    }

    private func parsePort(_ text: ArraySlice<UInt8>, _ role: Role) throws(EndpointError) -> UInt16
    {
        if text.elementsEqual("*".utf8) || SocketAddress.parsePort(text) == 0 {
            if role == .target { throw error("connect needs a port from 1 to 65535") }
            return 0
        }
        guard let port = SocketAddress.parsePort(text) else {
            let range = role == .target ? "from 1 to 65535" : "from 0 to 65535, or '*'"
            throw error(
                "'\(EscapedText.make(text, limit: 40))' is not a port; it is a number \(range)")
        }
        return port
    }

    // MARK: Hosts

    /// `[IPV6]` or `[IPV6%ZONE]`, with the port behind it.
    private func parseBracketed(_ text: ArraySlice<UInt8>) throws(EndpointError) -> TCPHost {
        guard let end = text.firstIndex(of: UInt8(ascii: "]")),
            text[(end + 1)...].first == UInt8(ascii: ":"),
            // Nothing but the port behind the bracket.
            text[(end + 2)...].firstIndex(of: UInt8(ascii: ":")) == nil
        else { throw error("an IPv6 endpoint looks like 'tcp://[ADDRESS]:PORT'") }
        let inside = text[text.startIndex..<end].dropFirst()
        let percent = inside.firstIndex(of: UInt8(ascii: "%"))
        let digits = inside[..<(percent ?? end)]
        guard let address = SocketAddress.parseIPv6(digits) else {
            let shown = EscapedText.make(digits, limit: 60)
            throw error("'\(shown)' in brackets is not an IPv6 address")
        }
        let zone = try percent.map { (index) throws(EndpointError) in
            try parseZone(inside[(index + 1)...])
        }
        guard allowsIPv6 else { throw error("IPv6 is off for this socket; set the option 'ipv6'") }
        return .ipv6(address, zone: zone)
    }

    private func parseZone(_ text: ArraySlice<UInt8>) throws(EndpointError) -> String {
        guard !text.isEmpty, text.count <= Self.maxZone, text.allSatisfy(Self.isNameByte) else {
            throw error("the zone behind '%' is the name or number of a network interface")
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func parsePlain(_ host: ArraySlice<UInt8>, _ role: Role) throws(EndpointError)
        -> TCPHost
    {
        if host.isEmpty {
            throw error(
                role == .bind ? "there is no host; '*' is all interfaces" : "there is no host")
        }
        if host.elementsEqual("*".utf8) {
            guard role != .target else { throw error("'*' is for bind; connect needs a host") }
            return .wildcard
        }
        if let address = SocketAddress.parseIPv4(host) { return .ipv4(address) }
        if host.contains(UInt8(ascii: ":")) {
            throw error("an IPv6 address stands in brackets, 'tcp://[ADDRESS]:PORT'")
        }
        return .name(try parseName(host))
    }

    /// The name of a host or of an interface. What only a lookup can tell is left to the lookup.
    private func parseName(_ name: ArraySlice<UInt8>) throws(EndpointError) -> String {
        guard name.count <= Self.maxName else {
            throw error("the host name has \(name.count) bytes, at most \(Self.maxName)")
        }
        guard name.allSatisfy(Self.isNameByte) else {
            throw error("a host name has letters, digits, '-', '_' and '.' only")
        }
        // Numbers only: an address gone wrong, or one of the short forms that systems read
        // in different ways.
        let labels = name.split(separator: UInt8(ascii: "."))
        guard !labels.allSatisfy(Self.isNumber) else {
            throw error("the host is neither an IPv4 address nor a name")
        }
        return String(decoding: name, as: UTF8.self)
    }

    /// Whether a label is a decimal number, or a hexadecimal one as C writes them.
    private static func isNumber(_ label: ArraySlice<UInt8>) -> Bool {
        let prefix = label.prefix(2)
        if prefix.elementsEqual("0x".utf8) || prefix.elementsEqual("0X".utf8) { return true }
        return label.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default:
            false
        }
    }

    private func error(_ reason: String) -> EndpointError {
        EndpointError(.invalid, whole, reason)
    }
}
