#if canImport(WinSDK)
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// An address of one of this machine's network interfaces.
struct InterfaceAddress: Hashable, Sendable {
    /// The interface's name, for example `eth0`.
    let name: String
    /// The address, with port 0.
    let address: SocketAddress
}

#if !canImport(WinSDK)
    extension System {
        /// The IP addresses of all interfaces, in the system's order.
        static func interfaceAddresses() throws(IOError) -> [InterfaceAddress] {
            var list: UnsafeMutablePointer<ifaddrs>?
            guard getifaddrs(&list) == 0 else { throw IOError(systemCode: errno, during: .bind) }
            defer { if let list { freeifaddrs(list) } }
            var addresses: [InterfaceAddress] = []
            var next = list
            while let entry = next?.pointee {
                next = entry.ifa_next
                // An interface without an address, or with one of another family, is passed over.
                guard let address = socketAddress(entry.ifa_addr), !address.isLocal else {
                    continue
                }
                let name = String(cString: entry.ifa_name)
                addresses.append(InterfaceAddress(name: name, address: address))
            }
            return addresses
        }

        private static func socketAddress(_ form: UnsafePointer<sockaddr>?) -> SocketAddress? {
            guard let form else { return nil }
            let size: Int
            switch Int32(form.pointee.sa_family) {
            case AF_INET: size = MemoryLayout<sockaddr_in>.size
            case AF_INET6: size = MemoryLayout<sockaddr_in6>.size
            default: return nil
            }
            return SocketAddress(UnsafeRawBufferPointer(start: form, count: size))
        }
    }
#endif
