extension SocketAddress {
    /// Reads `127.0.0.1:5555`, `[::1]:5555`, `[fe80::1%2]:5555`, `/path` or `@name`; names are not
    /// looked up.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        switch bytes.first {
        case nil: return nil
        case UInt8(ascii: "/"): self.init(path: bytes)
        case UInt8(ascii: "@"): self.init(abstractName: Array(bytes.dropFirst()))
        default:
            guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")),
                let port = Self.parsePort(bytes[(colon + 1)...])
            else { return nil }
            var host = bytes[..<colon]
            let isBracketed =
                host.first == UInt8(ascii: "[") && host.last == UInt8(ascii: "]") && host.count > 2
            if isBracketed { host = host.dropFirst().dropLast() }
            // A bare IPv6 address would make its last group the port.
            guard isBracketed == host.contains(UInt8(ascii: ":")) else { return nil }
            self.init(host: host, port: port)
        }
    }

    /// A numeric host, IPv6 with or without a `%scope` (a number or an interface's name), and a
    /// port.
    init?(numericHost: String, port: UInt16) {
        self.init(host: Array(numericHost.utf8)[...], port: port)
    }

    private init?(host: ArraySlice<UInt8>, port: UInt16) {
        if let address = Self.parseIPv4(host) {
            self.init(ipv4: address, port: port)
            return
        }
        var host = host
        var scope: UInt32 = 0
        if let percent = host.firstIndex(of: UInt8(ascii: "%")) {
            guard let index = Self.parseScope(host[(percent + 1)...]) else { return nil }
            scope = index
            host = host[..<percent]
        }
        guard let bytes = Self.parseIPv6(host) else { return nil }
        self.init(ipv6: bytes.high, bytes.low, port: port, scope: scope)
    }

    /// Reads a port of one to five digits, 0 to 65535.
    static func parsePort(_ text: ArraySlice<UInt8>) -> UInt16? {
        guard let value = parseDecimal(text, maximumDigits: 5) else { return nil }
        return UInt16(exactly: value)
    }

    private static func parseDecimal(_ text: ArraySlice<UInt8>, maximumDigits: Int) -> UInt64? {
        guard (1...maximumDigits).contains(text.count) else { return nil }
        var value: UInt64 = 0
        for byte in text {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            value = value &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
        }
        return value
    }

    private static func parseScope(_ text: ArraySlice<UInt8>) -> UInt32? {
        if let number = parseDecimal(text, maximumDigits: 10) { return UInt32(exactly: number) }
        return System.interfaceIndex(named: text)
    }

    /// Four decimal numbers; leading zeros are refused, for they are octal to some.
    static func parseIPv4(_ text: ArraySlice<UInt8>) -> UInt32? {
        let parts = text.split(
            separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var address: UInt32 = 0
        for part in parts {
            guard let value = parseDecimal(part, maximumDigits: 3), value <= 255,
                part.count == 1 || part.first != UInt8(ascii: "0")
            else { return nil }
            address = address << 8 | UInt32(truncatingIfNeeded: value)
        }
        return address
    }

    /// Eight groups, one run of which may be `::`, the last two perhaps as an IPv4 address (RFC
    /// 4291).
    static func parseIPv6(_ text: ArraySlice<UInt8>) -> IPv6Bytes? {
        guard (2...45).contains(text.count) else { return nil }
        var head: [UInt16] = []
        var tail: [UInt16] = []
        let bytes = Array(text)
        if let gap = firstGap(in: bytes) {
            guard appendGroups(bytes[..<gap], to: &head, isEnd: false),
                appendGroups(bytes[(gap + 2)...], to: &tail, isEnd: true),
                head.count + tail.count < 8
            else { return nil }
        } else {
            guard appendGroups(bytes[...], to: &head, isEnd: true), head.count == 8 else {
                return nil
            }
        }
        let zeros = [UInt16](repeating: 0, count: 8 - head.count - tail.count)
        let groups = head + zeros + tail
        var halves: (high: UInt64, low: UInt64) = (0, 0)
        for group in groups[..<4] { halves.high = halves.high << 16 | UInt64(group) }
        for group in groups[4...] { halves.low = halves.low << 16 | UInt64(group) }
        return IPv6Bytes(high: halves.high, low: halves.low)
    }

    private static func firstGap(in bytes: [UInt8]) -> Int? {
        for index in bytes.indices.dropLast()
        where bytes[index] == UInt8(ascii: ":") && bytes[index + 1] == UInt8(ascii: ":") {
            return index
        }
        return nil
    }

    /// Appends colon-separated groups, at most eight; false if one is malformed.
    ///
    /// - Parameter isEnd: whether the last of them may be an IPv4 address.
    private static func appendGroups(
        _ text: ArraySlice<UInt8>, to groups: inout [UInt16], isEnd: Bool
    ) -> Bool {
        if text.isEmpty { return true }
        let parts = text.split(
            separator: UInt8(ascii: ":"), maxSplits: 8, omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if isEnd, index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
                guard let address = parseIPv4(part) else { return false }
                groups.append(UInt16(truncatingIfNeeded: address >> 16))
                groups.append(UInt16(truncatingIfNeeded: address))
            } else {
                guard let group = parseHexadecimal(part) else { return false }
                groups.append(group)
            }
        }
        return groups.count <= 8
    }

    private static func parseHexadecimal(_ text: ArraySlice<UInt8>) -> UInt16? {
        guard (1...4).contains(text.count) else { return nil }
        var value: UInt16 = 0
        for byte in text {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte &- UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte &- UInt8(ascii: "a") &+ 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte &- UInt8(ascii: "A") &+ 10
            default: return nil
            }
            value = value << 4 | UInt16(digit)
        }
        return value
    }
}
