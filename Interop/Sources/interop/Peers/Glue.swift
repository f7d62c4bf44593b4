import Foundation

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// System calls whose names clash with members of the types that use them.
enum Glue {
    static func kill(_ pid: Int32, _ signal: Int32) -> Int32 {
        #if canImport(Darwin)
            Darwin.kill(pid, signal)
        #elseif canImport(Glibc)
            Glibc.kill(pid, signal)
        #elseif canImport(Musl)
            Musl.kill(pid, signal)
        #endif
    }

    static func poll(_ entry: inout pollfd, _ milliseconds: Int32) -> Int32 {
        #if canImport(Darwin)
            Darwin.poll(&entry, 1, milliseconds)
        #elseif canImport(Glibc)
            Glibc.poll(&entry, 1, milliseconds)
        #elseif canImport(Musl)
            Musl.poll(&entry, 1, milliseconds)
        #endif
    }
}

enum Wait {
    /// Looks every few milliseconds; false when the time is over.
    @discardableResult
    static func until(_ seconds: Double, _ condition: () -> Bool) -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while !condition() {
            guard Date() < end else { return false }
            usleep(3000)
        }
        return true
    }
}

/// A directory of this run for sockets and the peers' standard error.
enum Scratch {
    static let directory: URL = {
        let name = "zmq-interop-\(ProcessInfo.processInfo.processIdentifier)"
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(name)
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }()

    static func remove() {
        try? FileManager.default.removeItem(at: directory)
    }
}
