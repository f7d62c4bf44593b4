/// The order in which the addresses of a host are tried.
enum AddressOrder {
    /// Lets the two families take turns, beginning with that of the first address (RFC 8305, 4).
    ///
    /// So a family that does not work costs one attempt, not one for each address. Within a family
    /// the system's order is kept; repeated addresses are left out.
    static func interleave(_ addresses: [SocketAddress]) -> [SocketAddress] {
        var seen: Set<SocketAddress> = []
        let distinct = addresses.filter { seen.insert($0).inserted }
        guard let first = distinct.first else { return [] }
        let preferred = distinct.filter { $0.isIPv6 == first.isIPv6 }
        let others = distinct.filter { $0.isIPv6 != first.isIPv6 }
        var ordered: [SocketAddress] = []
        for turn in 0..<max(preferred.count, others.count) {
            if turn < preferred.count { ordered.append(preferred[turn]) }
            if turn < others.count { ordered.append(others[turn]) }
        }
        return ordered
    }
}
