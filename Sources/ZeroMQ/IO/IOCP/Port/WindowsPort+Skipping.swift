#if canImport(WinSDK)
    import WinSDK

    /// An operation that is done at once needs no packet: each saved is a way through the kernel.
    extension WindowsPort {
        private static var skipPacketOnSuccess: UCHAR { 1 }
        private static var skipEvent: UCHAR { 2 }
        private static var socketLevel: Int32 { 0xFFFF }
        private static var protocolInformation: Int32 { 0x2005 }
        private static var hasSystemHandles: UInt32 { 0x0002_0000 }

        /// Has a handle that is associated with a port skip packets.
        static func skipPackets(_ file: HANDLE) -> Bool {
            SetFileCompletionNotificationModes(file, skipPacketOnSuccess | skipEvent)
        }

        /// Whether the system's word can be relied on. Sockets of an old layered provider are not
        /// the kernel's own handles: such a provider posts its packets itself.
        static let canSkipPackets: Bool = {
            for address in [SocketAddress.anyIPv4, .anyIPv6] {
                // A system without IPv6 has no sockets of it to worry about.
                guard let probe = try? System.openSocket(for: address) else { continue }
                defer { System.close(probe) }
                if !isSystemHandle(probe) { return false }
            }
            return true
        }()

        /// What `SO_PROTOCOL_INFO` says first.
        private static func isSystemHandle(_ handle: Handle) -> Bool {
            withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { bytes in
                bytes.initializeMemory(as: UInt8.self, repeating: 0)
                var length = Int32(bytes.count)
                let code = getsockopt(
                    System.socket(handle), socketLevel, protocolInformation,
                    bytes.baseAddress?.assumingMemoryBound(to: CHAR.self), &length)
                return code == 0 && bytes.load(as: UInt32.self) & hasSystemHandles != 0
            }
        }
    }
#endif
