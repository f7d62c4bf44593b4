#if canImport(WinSDK)
    import WinSDK

    /// Waits for what cannot be associated with a port: a console, a pipe, a file.
    ///
    /// A thread for each wait, which posts a packet and ends: whoever watches standard input does
    /// so for as long as it lives, one wait after the other.
    enum WaitingThread {
        /// 0, or why there is no thread.
        static func start(on handle: Handle, port: WindowsPort, key: UInt) -> Int32 {
            do throws(IOError) {
                _ = try OSThread(name: "zmq-watch") {
                    wait(for: handle)
                    _ = port.post(key: key)
                }
                return 0
            } catch {
                return error.code
            }
        }

        private static let pipeType: DWORD = 3
        private static let consoleType: DWORD = 2

        private static func wait(for handle: Handle) {
            guard let file = HANDLE(bitPattern: handle.raw) else { return }
            switch GetFileType(file) {
            case consoleType:
                _ = WaitForSingleObject(file, DWORD.max)
            case pipeType:
                // A read of nothing returns when there is something, or at the end.
                var none: DWORD = 0
                var byte: UInt8 = 0
                _ = ReadFile(file, &byte, 0, &none, nil)
            default:
                // A file can always be read.
                break
            }
        }
    }
#endif
