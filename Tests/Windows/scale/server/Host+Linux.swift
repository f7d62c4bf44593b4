#if !canImport(WinSDK)
    import Glibc

    /// The process.
    enum Host {
        /// Whether a variable of the environment has this value.
        static func isSet(_ name: StaticString, to value: StaticString) -> Bool {
            name.withUTF8Buffer { text in
                text.withMemoryRebound(to: CChar.self) {
                    guard let base = $0.baseAddress, let found = getenv(base) else { return false }
                    return String(cString: found) == value.description
                }
            }
        }

        /// Prints a line at once.
        static func say(_ text: String) {
            print(text)
            fflush(nil)
        }

        static func openHandles() -> Int {
            guard let folder = opendir("/proc/self/fd") else { return -1 }
            defer { closedir(folder) }
            var count = 0
            while readdir(folder) != nil { count += 1 }
            return count
        }

        static func exit(_ code: UInt32) -> Never { Glibc.exit(Int32(code)) }
    }
#endif
