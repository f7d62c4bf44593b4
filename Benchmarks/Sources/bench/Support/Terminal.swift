#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Standard error, for everything that is not a result.
enum Terminal {
    static let isInteractive = isatty(2) == 1

    static func write(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeRawBufferPointer(bytes)
            while !rest.isEmpty {
                let written = unistdWrite(2, rest.baseAddress, rest.count)
                guard written > 0 else { return }
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
            }
        }
    }

    /// Ends the process once what was printed is out.
    static func leave(status: Int32) -> Never {
        exit(status)
    }

    /// Ends the process at once, whatever its threads are doing.
    static func abandon(status: Int32) -> Never {
        _exit(status)
    }
}

private func unistdWrite(_ fd: Int32, _ base: UnsafeRawPointer?, _ count: Int) -> Int {
    write(fd, base, count)
}
