/// The server over a plain loop around `poll`, or `WSAPoll`.
struct PollServer {
    let ports: (echo: UInt16, control: UInt16)
    private var polled: [PollCalls.Entry] = []
    /// What could not be sent at once, for each of `polled`.
    private var rests: [[UInt8]] = []
    private var isEnding = false
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)

    // The places of the listeners and the control connection; connections come behind.
    private static let echo = 0
    private static let control = 1
    private static let firstConnection = 2

    var connections: Int { max(0, polled.count - Self.firstConnection) }

    init() throws(IOError) {
        let echo = try System.openListener(ScaleServer.loopback, ListenOptions())
        let control = try System.openListener(ScaleServer.loopback, ListenOptions())
        ports = (
            System.localAddress(of: echo)?.port ?? 0, System.localAddress(of: control)?.port ?? 0
        )
        add(echo)
        add(control)
    }

    private mutating func add(_ handle: Handle) {
        PollCalls.unblock(handle)
        polled.append(PollCalls.entry(handle))
        rests.append([])
    }

    /// Runs until the control connection and all others have ended.
    mutating func run() {
        var controlConnection: Handle?
        while !(isEnding && connections == 0) {
            guard PollCalls.wait(&polled) > 0 else { continue }
            if PollCalls.isReady(polled[Self.control]) {
                if let handle = controlConnection {
                    isEnding = true
                    System.close(handle)
                    polled[Self.control] = PollCalls.noEntry
                } else if let handle = PollCalls.accept(PollCalls.handle(polled[Self.control])) {
                    System.close(PollCalls.handle(polled[Self.control]))
                    PollCalls.unblock(handle)
                    polled[Self.control] = PollCalls.entry(handle)
                    controlConnection = handle
                }
            }
            serve()
            if PollCalls.isReady(polled[Self.echo]) { acceptAll() }
        }
        System.close(PollCalls.handle(polled[Self.echo]))
        memory.deallocate()
    }

    private mutating func acceptAll() {
        while let handle = PollCalls.accept(PollCalls.handle(polled[Self.echo])) {
            System.tune(handle, StreamOptions(), isLocal: false)
            add(handle)
        }
    }

    private mutating func serve() {
        var index = polled.count - 1
        while index >= Self.firstConnection {
            if PollCalls.isReady(polled[index]), !serve(index) {
                System.close(PollCalls.handle(polled[index]))
                polled.swapAt(index, polled.count - 1)
                rests.swapAt(index, rests.count - 1)
                polled.removeLast()
                rests.removeLast()
            }
            index -= 1
        }
    }

    /// One turn of a connection; false when it has ended.
    private mutating func serve(_ index: Int) -> Bool {
        let handle = PollCalls.handle(polled[index])
        if !rests[index].isEmpty {
            let sent = rests[index].withUnsafeBytes { PollCalls.send(handle, $0) }
            if sent < 0 { return false }
            rests[index].removeFirst(sent)
            PollCalls.wantWrite(&polled[index], !rests[index].isEmpty)
            return true
        }
        let count = PollCalls.receive(handle, memory)
        if count == PollCalls.nothing { return true }
        if count <= 0 { return false }
        let bytes = UnsafeRawBufferPointer(rebasing: memory[..<count])
        let sent = PollCalls.send(handle, bytes)
        if sent < 0 { return false }
        if sent < count {
            rests[index] = Array(bytes[sent...])
            PollCalls.wantWrite(&polled[index], true)
        }
        return true
    }
}
