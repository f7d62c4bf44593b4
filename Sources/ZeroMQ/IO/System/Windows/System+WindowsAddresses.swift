#if canImport(WinSDK)
    import WinSDK

    extension SocketAddress {
        /// The system's address family.
        var family: Int32 {
            switch storage {
            case .ipv4: 2
            case .ipv6: 23
            case .path, .abstract: 1
            }
        }

        /// Calls `body` with the address in the system's form.
        func withSockaddr<R>(_ body: (UnsafePointer<sockaddr>, Int32) -> R) -> R {
            withUnsafeTemporaryAllocation(byteCount: Self.formSize, alignment: 8) { bytes in
                bytes.initializeMemory(as: UInt8.self, repeating: 0)
                let length = fill(bytes)
                return body(
                    UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped)
                        .assumingMemoryBound(to: sockaddr.self),
                    length)
            }
        }

        /// Room for every kind: the system's `sockaddr_storage`.
        static var formSize: Int { 128 }
        private static var ipv4Size: Int32 { 16 }
        private static var ipv6Size: Int32 { 28 }
        private static var localSize: Int32 { 110 }

        /// The fields are written one by one at the offsets of `sockaddr_in`, `sockaddr_in6` and
        /// `sockaddr_un`.
        private func fill(_ bytes: UnsafeMutableRawBufferPointer) -> Int32 {
            bytes.storeBytes(of: UInt16(family), as: UInt16.self)
            switch storage {
            case .ipv4(let address, let port):
                bytes.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
                bytes.storeBytes(of: address.bigEndian, toByteOffset: 4, as: UInt32.self)
                return Self.ipv4Size
            case .ipv6(let halves, let port, let scope):
                bytes.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
                bytes.storeBytes(of: halves.high.bigEndian, toByteOffset: 8, as: UInt64.self)
                bytes.storeBytes(of: halves.low.bigEndian, toByteOffset: 16, as: UInt64.self)
                bytes.storeBytes(of: scope, toByteOffset: 24, as: UInt32.self)
                return Self.ipv6Size
            case .path(let text):
                for (index, byte) in text.enumerated() where index < 107 { bytes[2 + index] = byte }
                return Self.localSize
            case .abstract:
                // There are no such names here; the system refuses it.
                return 2
            }
        }

        /// Reads the system's form; nil for an unnamed socket or another family.
        init?(_ bytes: UnsafeRawBufferPointer) {
            guard bytes.count >= 2 else { return nil }
            switch bytes.loadUnaligned(as: UInt16.self) {
            case 2 where bytes.count >= Int(Self.ipv4Size):
                self.init(
                    ipv4: UInt32(
                        bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)),
                    port: UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
                )
            case 23 where bytes.count >= Int(Self.ipv6Size):
                self.init(
                    ipv6: UInt64(
                        bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)),
                    UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self)),
                    port: UInt16(
                        bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self)),
                    scope: bytes.loadUnaligned(fromByteOffset: 24, as: UInt32.self))
            case 1:
                self.init(path: Array(bytes.dropFirst(2).prefix { $0 != 0 }))
            default:
                return nil
            }
        }
    }
#endif
