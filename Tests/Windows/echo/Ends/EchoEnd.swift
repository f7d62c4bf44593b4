/// Sends back what it receives, out of the memory it came into; gives up at the end.
final class EchoEnd: End, @unchecked Sendable {  // touched on the I/O thread alone
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 16384, alignment: 16)
    private var rest: UnsafeRawBufferPointer
    /// Gives up in the middle of the traffic, after so many bytes.
    private var patience: Int
    /// Receives so many bytes into a first piece of memory, the others into a second.
    private let firstPiece = 100
    /// Told how the connection ended: nil for in order.
    var onEnd: ((IOError?) -> Void)?

    init(_ world: World, _ handle: Handle, patience: Int = .max) throws(IOError) {
        self.patience = patience
        rest = UnsafeRawBufferPointer(rebasing: memory[..<0])
        try super.init(world, handle)
        receive()
    }

    deinit { memory.deallocate() }

    override func lend(_ buffers: inout ReceiveBuffers) {
        guard let base = memory.baseAddress else { return }
        buffers.append(base, firstPiece)
        buffers.append(base + firstPiece, memory.count - firstPiece)
    }

    override func happened(_ outcome: IOOutcome) {
        switch outcome {
        case .received(0): end(nil)
        case .received(let count): echo(count)
        case .sent(let count): sent(count)
        case .receiveFailed(let error), .sendFailed(let error): end(error)
        default: break
        }
    }

    private func echo(_ count: Int) {
        patience -= count
        if patience < 0 { return end(nil) }
        rest = UnsafeRawBufferPointer(rebasing: memory[..<count])
        send(rest)
    }

    private func sent(_ count: Int) {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        if rest.isEmpty { receive() } else { send(rest) }
    }

    private func end(_ error: IOError?) {
        onEnd?(error)
        onEnd = nil
        retire()
    }
}
