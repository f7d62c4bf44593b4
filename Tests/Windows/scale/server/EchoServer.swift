/// The server over an I/O thread of the library.
final class EchoServer: @unchecked Sendable {  // touched on the I/O thread alone
    let thread: IOThread
    let ports: (echo: UInt16, control: UInt16)
    private var connections = 0
    private var isEnding = false
    #if canImport(WinSDK)
        let poller: IOCPPoller<WindowsPort>
    #else
        let poller: any Poller
    #endif

    init() throws(IOError) {
        #if canImport(WinSDK)
            poller = IOCPPoller(
                port: try WindowsPort(skipsPackets: !Host.isSet("SCALE_LOOP", to: "packets")))
        #else
            poller = try System.makePoller(.epoll)
        #endif
        thread = IOThread(name: "io", poller: poller)
        let options = ListenOptions()
        let echo = try poller.openListener(ScaleServer.loopback, options)
        let control = try poller.openListener(ScaleServer.loopback, options)
        ports = (
            poller.localAddress(of: echo)?.port ?? 0, poller.localAddress(of: control)?.port ?? 0
        )
        try listen(echo) { (server, handle) throws(IOError) in
            server.poller.tune(handle, StreamOptions())
            server.connections += 1
            try EchoConnection(server.poller, handle, onEnd: server.connectionEnded).start()
        }
        try listen(control) { (server, handle) throws(IOError) in
            try EchoConnection(server.poller, handle, onEnd: server.end).start()
        }
    }

    private func listen(
        _ handle: Handle, _ make: @escaping (EchoServer, Handle) throws(IOError) -> Void
    ) throws(IOError) {
        let listener = EchoListener(self, make)
        poller.accept(on: try poller.register(handle, listener, owned: true))
    }

    /// Runs until the control connection and all others have ended; says what is left.
    func run() -> ScaleServer.Left {
        do throws(IOError) {
            try thread.start()
        } catch {
            Host.say("failed \(error.description)")
        }
        thread.join()
        #if canImport(WinSDK)
            return (poller.entryCount, poller.pool.pending)
        #else
            return (poller.entryCount, 0)
        #endif
    }

    private func connectionEnded() {
        connections -= 1
        if isEnding, connections == 0 { thread.stop() }
    }

    private func end() {
        isEnding = true
        if connections == 0 { thread.stop() }
    }
}
