#if canImport(WinSDK)
    import WinSDK

    /// The process.
    enum Host {
        /// Whether a variable of the environment has this value.
        static func isSet(_ name: StaticString, to value: StaticString) -> Bool {
            withUnsafeTemporaryAllocation(of: CHAR.self, capacity: 256) { room in
                let count = name.withUTF8Buffer { text in
                    text.withMemoryRebound(to: CHAR.self) {
                        GetEnvironmentVariableA($0.baseAddress, room.baseAddress, 256)
                    }
                }
                let found = room.prefix(Int(min(count, 255))).map { UInt8(bitPattern: $0) }
                return value.withUTF8Buffer { Array($0) == found }
            }
        }

        /// Prints a line at once.
        static func say(_ text: String) {
            let bytes = Array(text.utf8) + [10]
            var written: DWORD = 0
            // STD_OUTPUT_HANDLE
            _ = WriteFile(
                GetStdHandle(DWORD(bitPattern: -11)), bytes, DWORD(bytes.count), &written, nil)
        }

        static func openHandles() -> Int {
            var count: DWORD = 0
            _ = GetProcessHandleCount(GetCurrentProcess(), &count)
            return Int(count)
        }

        static func exit(_ code: UInt32) -> Never { ExitProcess(code) }
    }
#endif
