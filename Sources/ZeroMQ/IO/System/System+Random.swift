#if !canImport(WinSDK)
    import CZeroMQPlatform

    extension System {
        /// Fills the buffer with random bytes fit for keys.
        static func fillRandom(_ buffer: UnsafeMutableRawBufferPointer) throws(IOError) {
            guard let base = buffer.baseAddress else { return }
            let code = zeromq_random(base, buffer.count)
            if code < 0 { throw IOError(systemCode: -code, during: .random) }
        }

        /// Sixty-four random bits: a seed.
        static func randomSeed() throws(IOError) -> UInt64 {
            var seed: UInt64 = 0
            let code = zeromq_random(&seed, 8)
            if code < 0 { throw IOError(systemCode: -code, during: .random) }
            return seed
        }
    }
#endif
