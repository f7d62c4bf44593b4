#if canImport(WinSDK)
    import WinSDK

    extension System {
        /// The IP addresses of all interfaces, in the system's order.
        ///
        /// Each stands there twice, for an interface has two names: the one that calls and command
        /// lines use, for example `ethernet_32769`, and the one people see, for example `Ethernet`.
        static func interfaceAddresses() throws(IOError) -> [InterfaceAddress] {
            var addresses: [InterfaceAddress] = []
            try withAdapters { adapter in
                let names = [callName(of: adapter), shownName(of: adapter)]
                var next: UnsafeMutablePointer<IP_ADAPTER_UNICAST_ADDRESS>? =
                    adapter.FirstUnicastAddress
                while let entry = next?.pointee {
                    next = entry.Next
                    let form = UnsafeRawBufferPointer(
                        start: entry.Address.lpSockaddr,
                        count: max(0, Int(entry.Address.iSockaddrLength)))
                    guard let address = SocketAddress(form), !address.isLocal else { continue }
                    for name in names where !name.isEmpty {
                        addresses.append(
                            InterfaceAddress(name: name, address: address.with(port: 0)))
                    }
                }
            }
            return addresses
        }

        /// The number of a network interface; nil if there is none of this name.
        static func interfaceIndex(named name: ArraySlice<UInt8>) -> UInt32? {
            guard !name.isEmpty, name.count <= nameRoom, !name.contains(0) else { return nil }
            let index = (name + [0]).withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    $0.baseAddress.map { if_nametoindex($0) } ?? 0
                }
            }
            if index != 0 { return index }
            let text = String(decoding: name, as: UTF8.self)
            var found: UInt32?
            try? withAdapters { adapter in
                guard found == nil, shownName(of: adapter) == text else { return }
                let number = adapter.Ipv6IfIndex == 0 ? adapter.IfIndex : adapter.Ipv6IfIndex
                if number != 0 { found = UInt32(number) }
            }
            return found
        }

        /// `NDIS_IF_MAX_STRING_SIZE`, in characters.
        private static var nameRoom: Int { 256 }

        private static func callName(of adapter: borrowing IP_ADAPTER_ADDRESSES) -> String {
            let number = adapter.IfIndex == 0 ? adapter.Ipv6IfIndex : adapter.IfIndex
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: nameRoom + 1) { room in
                room.initialize(repeating: 0)
                guard let base = room.baseAddress, if_indextoname(number, base) != nil else {
                    return ""
                }
                return String(cString: base)
            }
        }

        private static func shownName(of adapter: borrowing IP_ADAPTER_ADDRESSES) -> String {
            guard let name = adapter.FriendlyName else { return "" }
            return String(decodingCString: name, as: UTF16.self)
        }

        /// Calls `body` with each of the system's adapters.
        private static func withAdapters(
            _ body: (borrowing IP_ADAPTER_ADDRESSES) -> Void
        ) throws(IOError) {
            var size = ULONG(16 << 10)
            // The list may grow between two calls.
            for _ in 0..<8 {
                let memory = UnsafeMutableRawPointer.allocate(
                    byteCount: Int(size), alignment: 16)
                defer { memory.deallocate() }
                let first = memory.assumingMemoryBound(to: IP_ADAPTER_ADDRESSES.self)
                let code = GetAdaptersAddresses(
                    ULONG(0), skipOtherLists, nil, first, &size)
                switch Int32(truncatingIfNeeded: code) {
                case 0:
                    var next: UnsafeMutablePointer<IP_ADAPTER_ADDRESSES>? = first
                    while let adapter = next {
                        body(adapter.pointee)
                        next = adapter.pointee.Next
                    }
                    return
                case CompletionStatus.Code.noData, CompletionStatus.Code.noAddress: return
                case CompletionStatus.Code.bufferOverflow: size = ULONG(clamping: Int(size) * 2)
                case let code: throw IOError(systemCode: code, during: .bind)
                }
            }
            throw IOError(.exhausted, during: .bind)
        }

        /// No anycast and multicast addresses, and no name servers.
        private static var skipOtherLists: ULONG { 0x0002 | 0x0004 | 0x0008 }
    }
#endif
