#if canImport(Darwin) || canImport(Glibc) || canImport(Musl)
    import Testing

    @testable import ZeroMQ

    #if canImport(Darwin)
        import Darwin
    #elseif canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #endif

    @Suite struct IPCPathExitTests {
        @Test func BI_E19_privateDirectoryGoesWithTheProcess() async {
            let parent = "/tmp/zmq-test-exit-\(getpid())"
            mkdir(parent, 0o700)
            defer { rmdir(parent) }
            await #expect(processExitsWith: .success) {
                setenv("TMPDIR", "/tmp/zmq-test-exit-\(getppid())", 1)
                let bound = try IPCPath.listen(at: .temporary) { (address) throws(IOError) in
                    try System.openListener(address, ListenOptions())
                }
                let text = Endpoint.ipc(bound.path.endpoint).description
                exit(text.hasPrefix("ipc:///tmp/zmq-test-exit-\(getppid())/zmq-") ? 0 : 1)
            }
            // It can be removed: nothing is in it any more.
            #expect(rmdir(parent) == 0)
        }
    }
#endif
