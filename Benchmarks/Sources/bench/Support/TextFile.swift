#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// A file that is written once, opened at the start so that a long run does not end in an error.
///
/// What it held stays until there is something to write: it may be what is read meanwhile, and a
/// run that fails takes nothing away.
struct TextFile: ~Copyable {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>

    init(writing path: String) throws {
        guard let file = fopen(path, "a") else {
            throw BenchmarkError("\(path): \(String(cString: strerror(errno)))")
        }
        self.path = path
        self.file = file
    }

    deinit {
        fclose(file)
    }

    func write(_ text: String) throws {
        // What is not a file, a pipe or a terminal, cannot be emptied and need not be.
        let isEmpty = ftruncate(fileno(file), 0) == 0 || errno == EINVAL
        guard isEmpty, fputs(text, file) >= 0, fflush(file) == 0 else {
            throw BenchmarkError("\(path): \(String(cString: strerror(errno)))")
        }
    }
}
