#if canImport(WinSDK)
    import WinSDK

    extension System {
        /// Looks up the addresses of a host, in the system's order of preference; may take long.
        ///
        /// - Parameter ipv6: whether IPv6 addresses are wanted beside IPv4 ones.
        static func lookUp(_ host: String, ipv6: Bool) throws(LookupError) -> [SocketAddress] {
            if socketsStartCode != 0 { throw LookupError(.other, code: socketsStartCode) }
            var hints = ADDRINFOW()
            hints.ai_family = ipv6 ? 0 : SocketAddress.anyIPv4.family
            // One entry an address, not one for each kind of socket.
            hints.ai_socktype = 1
            var list: UnsafeMutablePointer<ADDRINFOW>?
            let code = withWide(host.utf8) { GetAddrInfoW($0, nil, &hints, &list) }
            guard code == 0 else {
                throw LookupError(LookupError.Kind(systemCode: code), code: code)
            }
            defer { if let list { FreeAddrInfoW(list) } }
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
        /// Classifies a code of Winsock's.
        init(systemCode code: Int32) {
            switch code {
            case Code.hostNotFound, Code.noData, Code.typeNotFound,
                CompletionStatus.Code.wsaFamily:
                self = .unknownName
            case Code.tryAgain: self = .temporary
            case _ where IOError.Kind(systemCode: code) == .exhausted: self = .exhausted
            default: self = .other
            }
        }

        private enum Code {
            static let typeNotFound: Int32 = 10109
            static let hostNotFound: Int32 = 11001
            static let tryAgain: Int32 = 11002
            static let noData: Int32 = 11004
        }
    }
#endif
