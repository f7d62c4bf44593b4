#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Lets the calling thread sleep.
func pause(milliseconds: Int) {
    usleep(UInt32(clamping: milliseconds * 1000))
}
