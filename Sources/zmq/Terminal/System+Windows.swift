#if canImport(WinSDK)
    import WinSDK

    #if canImport(ucrt)
        import ucrt
    #elseif canImport(Glibc)
        import Glibc
    #endif

    /// A descriptor is the number of a handle here; 0 to 2 are the standard ones.
    extension System {
        static func readSome(
            _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer
        ) -> Transfer {
            var count: DWORD = 0
            if ReadFile(
                handle(descriptor), buffer.baseAddress, DWORD(clamping: buffer.count), &count, nil)
            {
                return .bytes(Int(count))
            }
            return switch GetLastError() {
            case Code.brokenPipe, Code.endOfFile: .bytes(0)
            case Code.aborted: .wouldBlock
            case let code: .failed("error \(code)")
            }
        }

        static func writeSome(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Transfer {
            var count: DWORD = 0
            if WriteFile(
                handle(descriptor), buffer.baseAddress, DWORD(clamping: buffer.count), &count, nil)
            {
                return .bytes(Int(count))
            }
            return switch GetLastError() {
            case Code.brokenPipe, Code.pipeIsClosing, Code.pipeIsGone: .closed
            case let code: .failed("error \(code)")
            }
        }

        /// Nothing to do: writing waits by itself.
        static func waitWritable(_ descriptor: Int32) {}

        /// Whether waiting for the descriptor makes sense: files and devices are always ready.
        static func canWait(for descriptor: Int32) -> Bool {
            var mode: DWORD = 0
            let (file, pipe) = (handle(descriptor), DWORD(3))
            return GetFileType(file) == pipe || GetConsoleMode(file, &mode)
        }

        /// A pipe for interrupts: its ends, for reading and for writing.
        static func makePipe() -> (read: Int32, write: Int32)? {
            var ends: (read: HANDLE?, write: HANDLE?)
            guard CreatePipe(&ends.read, &ends.write, nil, 0) else { return nil }
            return (number(ends.read), number(ends.write))
        }

        /// Calls `handler` on Ctrl-C, Ctrl-Break, and when the console closes.
        static func onInterrupt(_ handler: @escaping @convention(c) (Int32) -> Void) {
            interruptHandler = handler
            _ = SetConsoleCtrlHandler(controlCame, true)
        }

        /// Ends at once.
        static func quit(_ status: Int32) { ExitProcess(UINT(bitPattern: status)) }

        static func end(_ status: Int32) -> Never { exit(status) }

        private static func handle(_ descriptor: Int32) -> HANDLE? {
            (0...2).contains(descriptor)
                ? GetStdHandle(DWORD(bitPattern: -10 - descriptor))
                : HANDLE(bitPattern: Int(descriptor))
        }

        /// The system's handles fit into 32 bits.
        private static func number(_ handle: HANDLE?) -> Int32 {
            Int32(truncatingIfNeeded: Int(bitPattern: handle))
        }

        private enum Code {
            static let endOfFile: DWORD = 38
            static let brokenPipe: DWORD = 109
            static let pipeIsClosing: DWORD = 232
            static let pipeIsGone: DWORD = 233
            static let aborted: DWORD = 995
        }
    }

    /// The number that shells know an interrupt by.
    private let interruptNumber: Int32 = 2

    // Set before the system can call it, and never again.
    nonisolated(unsafe) private var interruptHandler: (@convention(c) (Int32) -> Void)?

    /// Called by the system, on a thread of its own.
    private func controlCame(_ kind: DWORD) -> WindowsBool {
        interruptHandler?(interruptNumber)
        return true
    }
#endif
