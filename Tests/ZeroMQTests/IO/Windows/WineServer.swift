#if canImport(WinSDK) && canImport(Glibc)
    import Glibc
    import WinSDK

    /// The process that has the sockets of all of Wine's, so that its limit is theirs.
    struct WineServer {
        private let process: pid_t

        /// The server of this process; nil where it is not to be found.
        init?() {
            guard let prefix = getenv("WINEPREFIX") else { return nil }
            var status = stat()
            guard stat(prefix, &status) == 0 else { return nil }
            let folder =
                "/server-" + String(status.st_dev, radix: 16) + "-"
                + String(status.st_ino, radix: 16)
            for name in Self.entries("/proc") {
                guard let number = pid_t(name),
                    Self.link("/proc/\(name)/exe").contains("wineserver"),
                    Self.link("/proc/\(name)/cwd").hasSuffix(folder)
                else { continue }
                process = number
                return
            }
            return nil
        }

        /// The number of descriptors it has open.
        var descriptors: Int { Self.entries("/proc/\(process)/fd").count }

        /// Runs `body` while the server can open so many descriptors beyond those it has.
        ///
        /// - Returns: nil if the limit cannot be set.
        func withRoom<R>(for count: Int, _ body: () throws -> R) rethrows -> R? {
            let before = winsdk_limit_descriptors(process, UInt64(descriptors + count))
            guard before >= 0 else { return nil }
            defer { _ = winsdk_limit_descriptors(process, UInt64(before)) }
            return try body()
        }

        private static func entries(_ path: String) -> [String] {
            guard let list = opendir(path) else { return [] }
            defer { closedir(list) }
            var names: [String] = []
            while let entry = readdir(list) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if !name.hasPrefix(".") { names.append(name) }
            }
            return names
        }

        private static func link(_ path: String) -> String {
            var text = [UInt8](repeating: 0, count: 4096)
            let count = text.withUnsafeMutableBytes { bytes in
                bytes.baseAddress.map {
                    readlink(path, $0.assumingMemoryBound(to: CChar.self), bytes.count)
                } ?? 0
            }
            return String(decoding: text.prefix(max(0, count)), as: UTF8.self)
        }
    }
#endif
