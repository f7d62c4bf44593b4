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
        /// The number of a network interface; nil if there is none of this name.
        static func interfaceIndex(named name: ArraySlice<UInt8>) -> UInt32? {
            guard !name.isEmpty, name.count < 64, !name.contains(0) else { return nil }
            let index = (name + [0]).withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) {
                    $0.baseAddress.map { if_nametoindex($0) }
                }
            }
            return index == 0 ? nil : index
        }
    }

    extension SocketAddress {
        /// The system's address family.
        var family: Int32 {
            switch storage {
            case .ipv4: AF_INET
            case .ipv6: AF_INET6
            case .path, .abstract: AF_UNIX
            }
        }

        /// Calls `body` with the address in the system's form.
        func withSockaddr<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
            var store = sockaddr_storage()
            let length = withUnsafeMutableBytes(of: &store) { fill($0) }
            return withUnsafePointer(to: &store) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
            }
        }

        private func fill(_ bytes: UnsafeMutableRawBufferPointer) -> socklen_t {
            switch storage {
            case .ipv4(let address, let port):
                var form = sockaddr_in()
                form.sin_family = sa_family_t(AF_INET)
                #if canImport(Darwin)
                    form.sin_len = UInt8(MemoryLayout<sockaddr_in>.size)
                #endif
                form.sin_port = port.bigEndian
                form.sin_addr.s_addr = address.bigEndian
                return Self.store(&form, in: bytes)
            case .ipv6(let halves, let port, let scope):
                var form = sockaddr_in6()
                form.sin6_family = sa_family_t(AF_INET6)
                #if canImport(Darwin)
                    form.sin6_len = UInt8(MemoryLayout<sockaddr_in6>.size)
                #endif
                form.sin6_port = port.bigEndian
                form.sin6_scope_id = scope
                withUnsafeMutableBytes(of: &form.sin6_addr) {
                    $0.storeBytes(of: halves.high.bigEndian, as: UInt64.self)
                    $0.storeBytes(of: halves.low.bigEndian, toByteOffset: 8, as: UInt64.self)
                }
                return Self.store(&form, in: bytes)
            case .path(let path):
                return Self.storeLocal(path, offset: 0, extra: 1, in: bytes)
            case .abstract(let name):
                return Self.storeLocal(name, offset: 1, extra: 0, in: bytes)
            }
        }

        private static func store<T>(
            _ form: inout T, in bytes: UnsafeMutableRawBufferPointer
        ) -> socklen_t {
            withUnsafeBytes(of: &form) { bytes.copyMemory(from: $0) }
            return socklen_t(MemoryLayout<T>.size)
        }

        /// Stores a local address; what follows the bytes is zero already.
        private static func storeLocal(
            _ text: [UInt8], offset: Int, extra: Int, in bytes: UnsafeMutableRawBufferPointer
        ) -> socklen_t {
            let start = pathOffset + offset
            let length = start + text.count + extra
            // The initialisers bound the length; the check keeps that promise local.
            guard length <= bytes.count else { return 0 }
            bytes.storeBytes(
                of: sa_family_t(AF_UNIX), toByteOffset: familyOffset, as: sa_family_t.self)
            #if canImport(Darwin)
                bytes[0] = UInt8(clamping: length)
            #endif
            for (index, byte) in text.enumerated() { bytes[start + index] = byte }
            return socklen_t(length)
        }

        /// Where the family stands in every form: behind a byte for the length, if there is one.
        private static var familyOffset: Int {
            #if canImport(Darwin)
                1
            #else
                0
            #endif
        }

        private static var pathOffset: Int { familyOffset + MemoryLayout<sa_family_t>.size }

        /// Reads the system's form; nil for an unnamed socket or another family.
        init?(_ bytes: UnsafeRawBufferPointer) {
            guard bytes.count >= Self.pathOffset else { return nil }
            let offset = Self.familyOffset
            let family = bytes.loadUnaligned(fromByteOffset: offset, as: sa_family_t.self)
            switch Int32(family) {
            case AF_INET:
                guard bytes.count >= MemoryLayout<sockaddr_in>.size else { return nil }
                let form = bytes.loadUnaligned(as: sockaddr_in.self)
                self.init(
                    ipv4: UInt32(bigEndian: form.sin_addr.s_addr),
                    port: UInt16(bigEndian: form.sin_port))
            case AF_INET6:
                guard bytes.count >= MemoryLayout<sockaddr_in6>.size else { return nil }
                let form = bytes.loadUnaligned(as: sockaddr_in6.self)
                let halves = withUnsafeBytes(of: form.sin6_addr) {
                    (
                        UInt64(bigEndian: $0.loadUnaligned(as: UInt64.self)),
                        UInt64(bigEndian: $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                    )
                }
                self.init(
                    ipv6: halves.0, halves.1, port: UInt16(bigEndian: form.sin6_port),
                    scope: form.sin6_scope_id)
            case AF_UNIX:
                let text = Array(bytes.dropFirst(Self.pathOffset))
                if System.hasAbstractNames, text.first == 0 {
                    self.init(abstractName: Array(text.dropFirst()))
                } else {
                    self.init(path: Array(text.prefix { $0 != 0 }))
                }
            default:
                return nil
            }
        }
    }
#endif
