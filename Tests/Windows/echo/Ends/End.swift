import Synchronization

/// One end of a connection, or a listener; sees to it that what it is told keeps to the rules.
class End: IOHandler, @unchecked Sendable {  // touched on the I/O thread alone
    final let world: World
    final let handle: Handle
    private(set) final var id = EntryID(index: .max, generation: .max)
    private(set) final var isRetired = false
    private final var isGivenUp = false
    final var operations = (receives: 0, sends: 0, connects: 0)

    /// Registers a handle; it is closed where that fails.
    init(_ world: World, _ handle: Handle) throws(IOError) {
        self.world = world
        self.handle = handle
        world.ledger.objects.add(1, ordering: .relaxed)
        do throws(IOError) {
            id = try world.poller.register(handle, self, owned: true)
        } catch {
            world.poller.close(handle)
            throw error
        }
        world.ledger.registered.add()
    }

    deinit { world.ledger.objects.subtract(1, ordering: .relaxed) }

    final var poller: IOCPPoller<WindowsPort> { world.poller }

    final func retire() {
        if isGivenUp { return }
        isGivenUp = true
        poller.retire(id)
    }

    final func receive() {
        operations.receives += 1
        poller.receive(id)
    }

    final func send(_ bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        operations.sends += 1
        let vector = IOVector(base: base, count: bytes.count)
        withUnsafePointer(to: vector) {
            poller.send(id, UnsafeBufferPointer(start: $0, count: 1))
        }
    }

    final func connect(to address: SocketAddress) {
        operations.connects += 1
        poller.connect(id, to: address)
    }

    // MARK: IOHandler

    func lend(_ buffers: inout ReceiveBuffers) {}
    func timerFired(_ tag: UInt8) {}

    final func completed(_ outcome: IOOutcome) {
        if case .retired = outcome {
            if isRetired { note() }
            isRetired = true
            happened(outcome)
            world.ledger.registered.arrive()
            return
        }
        if isRetired || isGivenUp { note() }
        switch outcome {
        case .received, .receiveFailed: operations.receives -= 1
        case .sent, .sendFailed: operations.sends -= 1
        case .connected, .connectFailed: operations.connects -= 1
        default: break
        }
        if operations.receives < 0 || operations.sends < 0 || operations.connects < 0 { note() }
        happened(outcome)
    }

    /// What an end does about it.
    func happened(_ outcome: IOOutcome) {}

    private final func note() { world.ledger.faults.add(1, ordering: .relaxed) }
}
