#if canImport(WinSDK)
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension System {
    /// Makes a poller: the one that is asked for, or fails.
    static func makePoller(_ choice: PollerChoice = .automatic) throws(IOError) -> any Poller {
        #if canImport(WinSDK)
            try require(choice)
            return IOCPPoller(port: try WindowsPort())
        #elseif canImport(Darwin)
            try require(choice)
            return try KqueuePoller()
        #elseif canImport(Glibc) || canImport(Musl)
            switch choice.kind {
            case .automatic: return try makePoller(tryingIOUring: prefersIOUring)
            case .ioUringIfPossible: return try makePoller(tryingIOUring: true)
            case .epoll: return try EpollPoller()
            case .ioUring: return try IOURingPoller()
            }
        #else
            throw IOError(.unsupported, during: .openPoller)
        #endif
    }

    #if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
        /// Whether io_uring is tried before epoll.
        private static var prefersIOUring: Bool {
            #if DEBUG
                // So that all tests can be run on it.
                getenv("ZEROMQ_TEST_POLLER").map { strcmp($0, "io_uring") == 0 } ?? false
            #else
                false
            #endif
        }

        private static func makePoller(tryingIOUring: Bool) throws(IOError) -> any Poller {
            if tryingIOUring, let poller = try? IOURingPoller() { return poller }
            return try EpollPoller()
        }
    #else
        /// Throws where the system has no such thing.
        private static func require(_ choice: PollerChoice) throws(IOError) {
            guard choice == .automatic || choice == .ioUringIfPossible else {
                throw IOError(.unsupported, during: .openPoller)
            }
        }
    #endif
}
