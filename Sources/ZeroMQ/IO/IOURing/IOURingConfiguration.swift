#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    /// How an io_uring poller is set up.
    struct IOURingConfiguration: Sendable {
        /// Operations handed over in one call; more are handed over in several. 1 to 32 768.
        var submissions: UInt32 = 256
        /// Outcomes the ring holds; more are kept by the kernel. At least as many as operations.
        var completions: UInt32 = 4096
        /// Buffers the kernel picks from, a power of two up to 32 768.
        var buffers = 128
        /// Bytes of each of them.
        var bufferSize = 8192
        /// Whether a receive goes on for the next data by itself.
        var isMultishot = true
        /// The most connections that lend memory of their own to the kernel before data is there:
        /// those on which much arrives.
        var directReceives = 32
        /// Sends of so many bytes are made without copying; nil: none are.
        var zeroCopyThreshold: Int?
        /// What the kernel is asked for, one after the other.
        var setups = IOURing.Setup.allCases

        // For tests.
        /// The kernel refuses rings with this error.
        var refusal: Int32?
        /// Is asked before each call with the number of operations, and may answer with an error
        /// in the kernel's stead.
        var interfere: (@Sendable (UInt32) -> Int32?)?

        /// The same with each value in its range.
        var clamped: IOURingConfiguration {
            var result = self
            result.submissions = min(max(1, submissions), 32_768)
            result.completions = min(max(result.submissions, completions), 65_536)
            result.buffers = Self.powerOfTwo(upTo: min(max(1, buffers), 32_768))
            result.bufferSize = min(max(64, bufferSize), 1 << 20) & ~7
            result.directReceives = max(0, directReceives)
            return result
        }

        private static func powerOfTwo(upTo limit: Int) -> Int {
            1 << (Int.bitWidth - 1 - limit.leadingZeroBitCount)
        }
    }
#endif
