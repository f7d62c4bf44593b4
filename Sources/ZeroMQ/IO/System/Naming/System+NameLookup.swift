#if canImport(WinSDK)
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

#if !canImport(WinSDK)
    extension System {
        /// Looks up the addresses of a host, in the system's order of preference; may take long.
        ///
        /// - Parameter ipv6: whether IPv6 addresses are wanted beside IPv4 ones.
        static func lookUp(_ host: String, ipv6: Bool) throws(LookupError) -> [SocketAddress] {
            var hints = addrinfo()
            hints.ai_family = ipv6 ? AF_UNSPEC : AF_INET
            // One entry an address, not one for each kind of socket.
            hints.ai_socktype = streamType
            var list: UnsafeMutablePointer<addrinfo>?
            let code = getaddrinfo(host, nil, &hints, &list)
            guard code == 0 else {
                throw LookupError(LookupError.Kind(systemCode: code), code: code)
            }
            defer { if let list { freeaddrinfo(list) } }
            var addresses: [SocketAddress] = []
            var next = list
            while let entry = next?.pointee {
                let form = UnsafeRawBufferPointer(
                    start: entry.ai_addr, count: Int(entry.ai_addrlen))
                if let address = SocketAddress(form) { addresses.append(address) }
                next = entry.ai_next
            }
            if addresses.isEmpty { throw LookupError(.unknownName) }
            return addresses
        }
    }

    extension LookupError.Kind {
        init(systemCode code: Int32) {
            switch code {
            case EAI_NONAME, EAI_FAMILY, EAI_SERVICE: self = .unknownName
            case EAI_AGAIN: self = .temporary
            case EAI_MEMORY: self = .exhausted
            case EAI_SYSTEM where IOError.Kind(systemCode: errno) == .exhausted: self = .exhausted
            // Systems have more names for "there is no address" than all their headers agree on.
            case -5, 7: self = .unknownName
            default: self = .other
            }
        }
    }
#endif
