#if canImport(WinSDK)
    import WinSDK

    extension System {
        /// Fills the buffer with random bytes fit for keys.
        static func fillRandom(_ buffer: UnsafeMutableRawBufferPointer) throws(IOError) {
            var generator = SystemRandomNumberGenerator()
            // The generator of Swift is BCryptGenRandom here, and cannot fail.
            for index in buffer.indices {
                buffer[index] = UInt8(truncatingIfNeeded: generator.next())
            }
        }

        /// Sixty-four random bits: a seed.
        static func randomSeed() throws(IOError) -> UInt64 {
            var generator = SystemRandomNumberGenerator()
            return generator.next()
        }
    }
#endif
