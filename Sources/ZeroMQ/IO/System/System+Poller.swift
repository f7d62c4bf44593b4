extension System {
    /// Makes the poller of this platform.
    static func makePoller() throws(IOError) -> any Poller {
        #if canImport(WinSDK)
            IOCPPoller(port: try WindowsPort())
        #elseif canImport(Darwin)
            try KqueuePoller()
        #elseif canImport(Glibc) || canImport(Musl)
            try EpollPoller()
        #else
            throw IOError(.unsupported, during: .openPoller)
        #endif
    }
}
