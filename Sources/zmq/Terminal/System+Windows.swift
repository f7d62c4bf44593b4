#if canImport(WinSDK)
    import WinSDK

    #if canImport(ucrt)
        import ucrt
    #elseif canImport(Glibc)
        import Glibc
    #endif

    /// A descriptor is the number of a handle here; those of a process fit into 32 bits.
    extension System {
        static var standardInput: Int32 { number(GetStdHandle(DWORD(bitPattern: -10))) }
        static var standardOutput: Int32 { number(GetStdHandle(DWORD(bitPattern: -11))) }
        static var standardError: Int32 { number(GetStdHandle(DWORD(bitPattern: -12))) }

        private static func number(_ handle: HANDLE?) -> Int32 {
            Int32(truncatingIfNeeded: Int(bitPattern: handle))
        }

        private static func handle(_ descriptor: Int32) -> HANDLE? {
            HANDLE(bitPattern: Int(descriptor))
        }

        // MARK: Reading and writing

        static func readSome(
            _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
        ) -> Transfer {
            var count: DWORD = 0
            let most = DWORD(clamping: buffer.count)
            return ReadFile(handle(descriptor), buffer.baseAddress, most, &count, nil)
                ? .bytes(Int(count)) : lastFailure
        }

        static func writeSome(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Transfer {
            var count: DWORD = 0
            let most = DWORD(clamping: buffer.count)
            return WriteFile(handle(descriptor), buffer.baseAddress, most, &count, nil)
                ? .bytes(Int(count)) : lastFailure
        }

        private static var lastFailure: Transfer {
            switch GetLastError() {
            // The end of a file, a pipe that nobody reads or writes any more, one being closed.
            case 38, 109, 232, 233: .closed
            // Somebody ended the wait.
            case 995: .wouldBlock
            case let code: .failed("error \(code)")
            }
        }

        /// Writing waits by itself here.
        static func waitWritable(_ descriptor: Int32) {}

        /// Whether waiting for the descriptor makes sense: files and devices are always ready.
        static func canWait(for descriptor: Int32) -> Bool {
            let (file, pipe) = (handle(descriptor), DWORD(3))
            var mode: DWORD = 0
            return GetFileType(file) == pipe || GetConsoleMode(file, &mode)
        }

        /// A pipe for interrupts: its ends, for reading and for writing.
        static func makePipe() -> (read: Int32, write: Int32)? {
            var read: HANDLE?
            var write: HANDLE?
            guard CreatePipe(&read, &write, nil, 0) else { return nil }
            return (number(read), number(write))
        }

        // MARK: Ending

        // Unsafe: written once, before the system has been told whom to call.
        nonisolated(unsafe) private static var interruptHandler: (@convention(c) (Int32) -> Void)?

        /// Calls `handler` on an interrupt or a request to terminate, on a thread of the system's.
        static func onInterrupt(_ handler: @escaping @convention(c) (Int32) -> Void) {
            interruptHandler = handler
            _ = SetConsoleCtrlHandler(controlArrived, true)
        }

        private static let controlArrived: @convention(c) (DWORD) -> WindowsBool = { control in
            // Control-C is an interrupt, all else is the end of the console or the session.
            let signal: Int32 = control == 0 ? 2 : 15
            System.interruptHandler?(signal)
            return true
        }

        static func quit(_ status: Int32) { ExitProcess(UINT(bitPattern: status)) }

        /// Ends in an orderly way: what is registered for the end of the process runs.
        static func end(_ status: Int32) -> Never { exit(status) }
    }
#endif
