#if canImport(WinSDK)
#elseif canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

#if !canImport(WinSDK)
    /// The few calls about paths that local sockets need; a path is bytes, none of them zero.
    extension System {
        /// Whether the transport `ipc` can work.
        static var hasLocalSockets: Bool { true }

        /// Whether a local socket can have a name outside the file system.
        #if !canImport(Darwin) && (os(Linux) || os(Android))
            static var hasAbstractNames: Bool { true }
        #else
            static var hasAbstractNames: Bool { false }
        #endif

        /// What there is at a path; nil for nothing.
        static func status(of path: [UInt8]) throws(IOError) -> FileStatus? {
            var form = stat()
            guard withPath(path, { lstat($0, &form) }) == 0 else {
                if errno == ENOENT { return nil }
                throw IOError(systemCode: errno, during: .bind)
            }
            let kind: FileStatus.Kind =
                switch form.st_mode & S_IFMT {
                case S_IFREG: .regularFile
                case S_IFDIR: .directory
                case S_IFLNK: .symbolicLink
                case S_IFSOCK: .socket
                default: .other
                }
            let identity = FileStatus.Identity(
                device: UInt64(truncatingIfNeeded: form.st_dev),
                inode: UInt64(truncatingIfNeeded: form.st_ino), changed: changeTime(of: form))
            return FileStatus(kind: kind, identity: identity)
        }

        /// Whether a handle is that of a regular file; false for one that is none at all.
        static func isRegularFile(_ handle: Handle) -> Bool {
            var form = stat()
            return fstat(descriptor(handle), &form) == 0 && form.st_mode & S_IFMT == S_IFREG
        }

        private static func changeTime(of form: stat) -> Instant {
            #if canImport(Darwin)
                let time = form.st_mtimespec
            #else
                let time = form.st_mtim
            #endif
            return Instant(
                nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
        }

        /// Removes a name that is not a directory's.
        @discardableResult
        static func removeFile(_ path: [UInt8]) -> Bool { withPath(path) { unlink($0) } == 0 }

        /// Removes an empty directory.
        @discardableResult
        static func removeDirectory(_ path: [UInt8]) -> Bool { withPath(path) { rmdir($0) } == 0 }

        /// Moves a file to another name, which is replaced if it exists.
        static func renameFile(_ path: [UInt8], to new: [UInt8]) -> Bool {
            withPath(path) { from in withPath(new) { rename(from, $0) } } == 0
        }

        /// Gives a file a second name, unless that name exists.
        static func linkFile(_ path: [UInt8], to new: [UInt8]) -> Bool {
            withPath(path) { from in withPath(new) { link(from, $0) } } == 0
        }

        /// Makes a new directory that only this user can enter; its name begins with `prefix`.
        static func makePrivateDirectory(prefix: [UInt8]) throws(IOError) -> [UInt8] {
            var template = (prefix + Array("XXXXXX".utf8) + [0]).map { CChar(bitPattern: $0) }
            guard mkdtemp(&template) != nil else { throw IOError(systemCode: errno, during: .bind) }
            return template.dropLast().map { UInt8(bitPattern: $0) }
        }

        /// Where temporary files go: `TMPDIR` if that is a whole path, or `/tmp`. No slash at its
        /// end.
        static var temporaryDirectory: [UInt8] {
            var path = getenv("TMPDIR").map { Array(String(cString: $0).utf8) } ?? []
            while path.last == UInt8(ascii: "/") { path.removeLast() }
            return path.first == UInt8(ascii: "/") ? path : shortTemporaryDirectory
        }

        /// The same where that one is too long.
        static var shortTemporaryDirectory: [UInt8] { Array("/tmp".utf8) }

        /// Sleeps for some milliseconds, whoever interrupts.
        static func pause(milliseconds: Int32) { _ = poll(nil, 0, milliseconds) }

        /// Has `body` run when the process ends in an orderly way.
        static func runAtExit(_ body: @escaping @convention(c) () -> Void) { atexit(body) }

        private static func withPath(
            _ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Int32
        ) -> Int32 {
            (path + [0]).withUnsafeBufferPointer { bytes in
                bytes.withMemoryRebound(to: CChar.self) { $0.baseAddress.map(body) ?? -1 }
            }
        }
    }
#endif
