#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Names of files that are in nobody's way.
enum TemporaryPath {
    /// A path that nothing else of this machine uses at this moment.
    static var unique: String {
        "/tmp/bench-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    }
}
