/// An end that does only what it is told, and tells what happens to it.
final class Probe: End, @unchecked Sendable {  // touched on the I/O thread alone
    private let memory: UnsafeMutableRawBufferPointer
    /// Called with each outcome.
    var onOutcome: ((Probe, IOOutcome) -> Void)?

    /// - Parameter room: bytes of one receive.
    init(_ world: World, _ handle: Handle, room: Int = 4096) throws(IOError) {
        memory = .allocate(byteCount: room, alignment: 16)
        try super.init(world, handle)
    }

    /// One that connects.
    convenience init(
        _ world: World, to address: SocketAddress, room: Int = 4096,
        _ options: StreamOptions = StreamOptions(),
        _ onOutcome: @escaping (Probe, IOOutcome) -> Void
    ) throws(IOError) {
        try self.init(world, try world.poller.openStream(for: address, options), room: room)
        self.onOutcome = onOutcome
        connect(to: address)
    }

    deinit { memory.deallocate() }

    override func lend(_ buffers: inout ReceiveBuffers) {
        if let base = memory.baseAddress { buffers.append(base, memory.count) }
    }

    override func happened(_ outcome: IOOutcome) {
        onOutcome?(self, outcome)
        // What it captured is let go with the end.
        if case .retired = outcome { onOutcome = nil }
    }
}
