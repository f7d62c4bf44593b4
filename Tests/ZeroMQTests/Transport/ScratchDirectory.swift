#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    @testable import ZeroMQ

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    /// A directory of a test's own, removed with all that is in it.
    final class ScratchDirectory: Sendable {
        let directory: [UInt8]

        enum Thing: CaseIterable {
            case regularFile, directory, danglingLink, linkToSocket, pipe
        }

        init() throws {
            directory = try System.makePrivateDirectory(prefix: Array("/tmp/zmq-test-".utf8))
        }

        deinit {
            for name in names {
                let path = path(name)
                if !System.removeFile(path) { System.removeDirectory(path) }
            }
            System.removeDirectory(directory)
        }

        func path(_ name: String) -> [UInt8] { directory + Array("/\(name)".utf8) }

        func make(_ thing: Thing, at path: [UInt8]) throws {
            let text = String(decoding: path, as: UTF8.self)
            switch thing {
            case .regularFile: close(open(text, O_CREAT | O_WRONLY, 0o600))
            case .directory: mkdir(text, 0o700)
            case .danglingLink: symlink("nowhere", text)
            case .linkToSocket: symlink("/dev/log", text)
            case .pipe: mkfifo(text, 0o600)
            }
        }

        var names: [String] {
            var names: [String] = []
            guard let list = opendir(String(decoding: directory, as: UTF8.self)) else { return [] }
            defer { closedir(list) }
            while let entry = readdir(list) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { names.append(name) }
            }
            return names.sorted()
        }

        static func mode(of path: [UInt8]) -> UInt32 {
            var form = stat()
            guard lstat(String(decoding: path, as: UTF8.self), &form) == 0 else { return 0 }
            return UInt32(form.st_mode) & 0o7777
        }
    }
#endif
