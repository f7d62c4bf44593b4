#if canImport(WinSDK)
    import CZeroMQPlatform
    import WinSDK

    /// The few calls about paths that local sockets need; a path is UTF-8 without zeros.
    extension System {
        /// Whether the transport `ipc` can work: Windows 10 of 2018 and later.
        static let hasLocalSockets: Bool = {
            guard let probe = try? openSocket(family: 1) else { return false }
            close(probe)
            return true
        }()

        static var hasAbstractNames: Bool { false }

        /// What there is at a path; nil for nothing.
        static func status(of path: [UInt8]) throws(IOError) -> FileStatus? {
            let file = withWide(path) {
                CreateFileW($0, 0, File.shareAll, nil, File.openExisting, File.asItIs, nil)
            }
            guard let file, file != INVALID_HANDLE_VALUE else {
                let code = lastCode
                let isMissing =
                    code == CompletionStatus.Code.fileNotFound
                    || code == CompletionStatus.Code.pathNotFound
                if isMissing { return nil }
                throw IOError(systemCode: code, during: .bind)
            }
            defer { _ = CloseHandle(file) }
            var form = BY_HANDLE_FILE_INFORMATION()
            var tag = FILE_ATTRIBUTE_TAG_INFO()
            let size = DWORD(MemoryLayout<FILE_ATTRIBUTE_TAG_INFO>.size)
            guard GetFileInformationByHandle(file, &form),
                GetFileInformationByHandleEx(file, FileAttributeTagInfo, &tag, size)
            else { throw IOError(systemCode: lastCode, during: .bind) }
            let identity = FileStatus.Identity(
                device: UInt64(form.dwVolumeSerialNumber),
                inode: UInt64(form.nFileIndexHigh) << 32 | UInt64(form.nFileIndexLow),
                changed: changeTime(of: form))
            return FileStatus(kind: kind(of: tag), identity: identity)
        }

        private static func kind(of tag: FILE_ATTRIBUTE_TAG_INFO) -> FileStatus.Kind {
            if tag.FileAttributes & File.reparsePoint != 0 {
                switch tag.ReparseTag {
                case File.socketTag: return .socket
                case File.linkTag, File.mountTag: return .symbolicLink
                default: break
                }
            }
            return tag.FileAttributes & File.directory != 0 ? .directory : .regularFile
        }

        /// The system counts in 100 ns.
        private static func changeTime(of form: BY_HANDLE_FILE_INFORMATION) -> Instant {
            let time = form.ftLastWriteTime
            let ticks = UInt64(time.dwHighDateTime) << 32 | UInt64(time.dwLowDateTime)
            return Instant(nanoseconds: Int64(truncatingIfNeeded: ticks &* 100))
        }

        /// Removes a name that is not a directory's.
        @discardableResult
        static func removeFile(_ path: [UInt8]) -> Bool { withWide(path) { DeleteFileW($0) } }

        /// Removes an empty directory.
        @discardableResult
        static func removeDirectory(_ path: [UInt8]) -> Bool {
            withWide(path) { RemoveDirectoryW($0) }
        }

        /// Moves a file to another name, which is replaced if it exists.
        static func renameFile(_ path: [UInt8], to new: [UInt8]) -> Bool {
            withWide(path) { from in
                withWide(new) { MoveFileExW(from, $0, File.replaceExisting) }
            }
        }

        /// Gives a file a second name, unless that name exists.
        static func linkFile(_ path: [UInt8], to new: [UInt8]) -> Bool {
            withWide(path) { from in withWide(new) { CreateHardLinkW($0, from, nil) } }
        }

        /// Makes a new directory; its name begins with `prefix`. Who can enter it is inherited
        /// from the one it is in; a user's own for temporary files is closed to others.
        static func makePrivateDirectory(prefix: [UInt8]) throws(IOError) -> [UInt8] {
            for _ in 0..<16 {
                var random = try randomSeed()
                var path = prefix
                for _ in 0..<6 {
                    path.append(UInt8(ascii: "a") + UInt8(truncatingIfNeeded: random % 26))
                    random /= 26
                }
                if withWide(path, { CreateDirectoryW($0, nil) }) { return path }
                let code = lastCode
                guard code == CompletionStatus.Code.alreadyExists else {
                    throw IOError(systemCode: code, during: .bind)
                }
            }
            throw IOError(.addressInUse, during: .bind)
        }

        /// Where temporary files go. No slash at its end, and none leans backwards.
        static var temporaryDirectory: [UInt8] { directory { GetTempPathW($0, $1) } }

        /// The same where that one is too long.
        static var shortTemporaryDirectory: [UInt8] {
            directory { GetWindowsDirectoryW($1, $0) } + Array("/Temp".utf8)
        }

        private static func directory(
            _ call: (DWORD, UnsafeMutablePointer<WCHAR>) -> DWORD
        ) -> [UInt8] {
            let room = 300
            let text = withUnsafeTemporaryAllocation(of: WCHAR.self, capacity: room) { units in
                guard let base = units.baseAddress else { return "" }
                let count = Int(call(DWORD(room), base))
                // A path that does not fit is too long for a local socket as well.
                if count >= room { return "" }
                return String(
                    decoding: UnsafeBufferPointer(start: base, count: count), as: UTF16.self)
            }
            var path = text.utf8.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
            while path.last == UInt8(ascii: "/") { path.removeLast() }
            return path
        }

        /// Sleeps for some milliseconds.
        static func pause(milliseconds: Int32) { Sleep(DWORD(clamping: milliseconds)) }

        /// Has `body` run when the process ends in an orderly way.
        static func runAtExit(_ body: @escaping @convention(c) () -> Void) { zeromq_at_exit(body) }

        /// The system's numbers.
        private enum File {
            static let shareAll: DWORD = 0x7
            static let openExisting: DWORD = 3
            /// Directories as well, and links and sockets themselves.
            static let asItIs: DWORD = 0x0200_0000 | 0x0020_0000
            static let replaceExisting: DWORD = 1
            static let directory: DWORD = 0x10
            static let reparsePoint: DWORD = 0x400
            static let socketTag: DWORD = 0x8000_0023
            static let linkTag: DWORD = 0xA000_000C
            static let mountTag: DWORD = 0xA000_0003
        }
    }
#endif
