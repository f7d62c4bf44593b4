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
