@testable import ZeroMQ

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Bytes that are easy to compare: each value follows from its position.
func testPattern(_ count: Int, seed: Int = 0) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &+ seed) &* 31 &+ ($0 >> 8)) }
}

#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    extension System {
        /// The number of descriptors this process has open.
        static func openDescriptors() -> Int {
            #if canImport(Darwin)
                let list = "/dev/fd"
            #else
                let list = "/proc/self/fd"
            #endif
            guard let folder = opendir(list) else { return -1 }
            defer { closedir(folder) }
            var count = 0
            while readdir(folder) != nil { count += 1 }
            // ".", ".." and the folder's own.
            return count - 3
        }
    }
#endif
