extension SocketAddress: CustomStringConvertible {
    /// The text form `init(_:)` reads back, for example `127.0.0.1:5555`, `[::1]:5555`, `/path`,
    /// `@name`.
    ///
    /// Bytes of a path or name that are not UTF-8 are replaced.
    var description: String {
        switch storage {
        case .ipv4(_, let port): "\(host):\(port)"
        case .ipv6(_, let port, _): "[\(host)]:\(port)"
        case .path(let bytes): String(decoding: bytes, as: UTF8.self)
        case .abstract(let bytes): "@" + String(decoding: bytes, as: UTF8.self)
        }
    }

    /// The address without port or brackets; empty for a local address.
    var host: String {
        switch storage {
        case .ipv4(let address, _): Self.text(ofIPv4: address)
        case .ipv6(let bytes, _, let scope):
            scope == 0 ? Self.text(of: bytes) : "\(Self.text(of: bytes))%\(scope)"
        case .path, .abstract: ""
        }
    }

    private static func text(ofIPv4 address: UInt32) -> String {
        let octets = (
            address >> 24, address >> 16 & 0xff, address >> 8 & 0xff, address & 0xff
        )
        return "\(octets.0).\(octets.1).\(octets.2).\(octets.3)"
    }

    /// The canonical text (RFC 5952): lower case, the longest run of zero groups as `::`.
    private static func text(of bytes: IPv6Bytes) -> String {
        // An IPv4 address in IPv6 clothes is shown as people know it.
        if bytes.high == 0, bytes.low >> 32 == 0xffff {
            return "::ffff:" + text(ofIPv4: UInt32(truncatingIfNeeded: bytes.low))
        }
        let groups =
            [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: bytes.high >> UInt64($0)) }
            + [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: bytes.low >> UInt64($0)) }
        let gap = longestZeroRun(in: groups)
        var text = ""
        var index = 0
        while index < groups.count {
            if index == gap.lowerBound, gap.count > 1 {
                text += "::"
                index = gap.upperBound
                continue
            }
            if index > 0, index != gap.upperBound || gap.count < 2 { text += ":" }
            text += String(groups[index], radix: 16)
            index += 1
        }
        return text
    }

    /// The first of the longest runs of zero groups; empty if there is none.
    private static func longestZeroRun(in groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > best.count {
                best = start..<(index + 1)
            }
        }
        return best
    }
}
