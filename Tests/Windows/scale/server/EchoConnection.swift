/// Sends back what it receives, out of the memory it came into.
final class EchoConnection: IOHandler {
    private let poller: any Poller
    private let handle: Handle
    private var id = EntryID(index: .max, generation: .max)
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    private var rest: UnsafeRawBufferPointer
    private let onEnd: () -> Void

    /// - Parameter onEnd: told when nothing of it is left.
    init(_ poller: any Poller, _ handle: Handle, onEnd: @escaping () -> Void) {
        self.poller = poller
        self.handle = handle
        self.onEnd = onEnd
        rest = UnsafeRawBufferPointer(rebasing: memory[..<0])
    }

    deinit { memory.deallocate() }

    func start() throws(IOError) {
        id = try poller.register(handle, self, owned: true)
        poller.receive(id)
    }

    func lend(_ buffers: inout ReceiveBuffers) {
        if let base = memory.baseAddress { buffers.append(base, memory.count) }
    }

    func completed(_ outcome: IOOutcome) {
        switch outcome {
        case .received(0), .receiveFailed, .sendFailed: poller.retire(id)
        case .received(let count):
            rest = UnsafeRawBufferPointer(rebasing: memory[..<count])
            send()
        case .sent(let count):
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            if rest.isEmpty { poller.receive(id) } else { send() }
        case .retired: onEnd()
        default: break
        }
    }

    private func send() {
        guard let base = rest.baseAddress else { return }
        let vector = IOVector(base: base, count: rest.count)
        withUnsafePointer(to: vector) {
            poller.send(id, UnsafeBufferPointer(start: $0, count: 1))
        }
    }
}
