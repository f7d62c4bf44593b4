#if !canImport(WinSDK)
    import CZeroMQPlatform
#endif

/// How many descriptors a listener leaves to the rest of the process, unless told otherwise.
let usualDescriptorReserve = 16

extension System {
    /// How many descriptors the process may still open; of more than `most` no more is told.
    ///
    /// On Windows, whose handles have no such limit, that is always `most`.
    static func descriptorsLeft(upTo most: Int) -> Int {
        #if canImport(WinSDK)
            most
        #else
            min(most, Int(zeromq_descriptors_left(-1, Int32(clamping: most))))
        #endif
    }

    #if !canImport(WinSDK)
        /// How many connections may be accepted before this is asked again: none if only the
        /// reserve is left, and one at a time when that is near.
        ///
        /// - Parameter descriptor: any open one, to ask with.
        static func acceptAllowance(beside descriptor: Int32, reserve: Int) -> Int {
            guard reserve > 0 else { return maximumAcceptsPerTurn }
            let reserve = Int32(clamping: min(reserve, Int(Int32.max) - 1))
            let left = zeromq_descriptors_left(descriptor, reserve + 1)
            if left == .max { return maximumAcceptsPerTurn }
            return left > reserve ? 1 : 0
        }
    #endif
}
