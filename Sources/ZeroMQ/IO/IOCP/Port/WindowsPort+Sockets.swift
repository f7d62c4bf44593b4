#if canImport(WinSDK)
    import WinSDK

    extension WindowsPort {
        private static var socketLevel: Int32 { 0xFFFF }
        private static var updateAcceptContext: Int32 { 0x700B }
        private static var updateConnectContext: Int32 { 0x7010 }

        func openFresh(for listener: Handle) throws(IOError) -> Handle {
            let family = System.localAddress(of: listener)?.family ?? SocketAddress.anyIPv4.family
            return try System.openSocket(family: family)
        }

        func finishAccept(_ handle: Handle, from listener: Handle) -> Int32 {
            var listener = System.socket(listener)
            let code = System.setOption(
                handle, Self.socketLevel, Self.updateAcceptContext, &listener,
                Int32(MemoryLayout<SOCKET>.size))
            return code == 0 ? 0 : System.lastSocketCode
        }

        func finishConnect(_ handle: Handle) -> Int32 {
            let code = System.setOption(
                handle, Self.socketLevel, Self.updateConnectContext, nil, 0)
            if code == 0 { return 0 }
            let failure = System.lastSocketCode
            // A local socket was connected without `ConnectEx`: it is a full one already.
            return System.localAddress(of: handle).map { $0.isLocal } ?? true ? 0 : failure
        }

        func shutdownSend(_ handle: Handle) { System.shutdownSend(handle) }

        /// The functions that Winsock hands out instead of exporting them.
        enum Extensions {
            private static var getPointer: DWORD { 0xC800_0006 }

            static func load() throws(IOError) -> (LPFN_ACCEPTEX, LPFN_CONNECTEX) {
                let probe = try System.openSocket(family: SocketAddress.anyIPv4.family)
                defer { System.close(probe) }
                let accept = GUID(
                    Data1: 0xb536_7df1, Data2: 0xcbac, Data3: 0x11cf,
                    Data4: (0x95, 0xca, 0x00, 0x80, 0x5f, 0x48, 0xa1, 0x92))
                let connect = GUID(
                    Data1: 0x25a2_07b9, Data2: 0xddf3, Data3: 0x4660,
                    Data4: (0x8e, 0xe9, 0x76, 0xe5, 0x8c, 0x74, 0x06, 0x3e))
                return (
                    try load(accept, from: probe, as: LPFN_ACCEPTEX.self),
                    try load(connect, from: probe, as: LPFN_CONNECTEX.self)
                )
            }

            private static func load<F>(
                _ name: GUID, from probe: Handle, as: F.Type
            ) throws(IOError) -> F {
                var name = name
                var function: F?
                var got: DWORD = 0
                let code = withUnsafeMutableBytes(of: &function) { out in
                    WSAIoctl(
                        System.socket(probe), getPointer, &name, DWORD(MemoryLayout<GUID>.size),
                        out.baseAddress, DWORD(out.count), &got, nil, nil)
                }
                guard code == 0, let function else {
                    throw IOError.lastSocketError(during: .openPoller)
                }
                return function
            }
        }
    }
#endif
