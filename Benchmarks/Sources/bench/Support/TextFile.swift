#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file that is written once, opened at the start so that a long run does not end in an error.
struct TextFile: ~Copyable {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>

    init(writing path: String) throws {
        guard let file = fopen(path, "w") else {
            throw BenchmarkError("\(path): \(String(cString: strerror(errno)))")
        }
        self.path = path
        self.file = file
    }

    deinit {
        fclose(file)
    }

    func write(_ text: String) throws {
        guard fputs(text, file) >= 0, fflush(file) == 0 else {
            throw BenchmarkError("\(path): \(String(cString: strerror(errno)))")
        }
    }
}
