/// What a test does to a network while it runs.
extension SimulatedNetwork {
    /// Breaks a connection: both ends meet a reset.
    func reset(_ handle: Handle) {
        guard let socket = socket(handle) else { return }
        if let peer = socket.peer { perform(.reset(to: peer)) }
        perform(.reset(to: socket))
    }

    /// Holds up all that is sent to this end; half of a half-open connection.
    func stall(_ handle: Handle) { socket(handle)?.isStalled = true }

    /// Lets what was held up arrive, and all that follows.
    func heal(_ handle: Handle) {
        guard let socket = socket(handle) else { return }
        socket.isStalled = false
        let held = socket.held
        socket.held = []
        for kind in held { perform(kind) }
    }

    /// The ends of all connections, in the order they were opened.
    var streams: [Handle] {
        sockets.values.filter { $0.role == .stream }.map { $0.handle }.sorted { $0.raw < $1.raw }
    }

    /// The other end of a connection.
    func peer(of handle: Handle) -> Handle? { socket(handle)?.peer?.handle }

    /// Makes a handle that can only be watched.
    func makeSignal() -> Handle { open(.signal).handle }

    /// Makes a signal readable, or not any more.
    func set(_ handle: Handle, readable: Bool) {
        guard let socket = socket(handle) else { return }
        socket.isSignalled = readable
        if readable { socket.touch() }
    }
}
