/// Connects, sends a stream in pieces of all sizes, and compares each byte that comes back.
final class StreamEnd: End, @unchecked Sendable {  // touched on the I/O thread alone
    private var output: ByteStream
    private var expected: ByteStream
    private var sizes: SplitMix64
    private let total: Int
    private var produced = 0
    private let room: UnsafeMutableRawBufferPointer
    private var rest: UnsafeRawBufferPointer
    private let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)

    private(set) var received = 0
    private(set) var isRight = true
    private(set) var error: IOError?
    /// Gives up in the middle of the traffic, after so many bytes.
    var patience = Int.max
    /// Told once, when all has come back, or nothing more will.
    var onEnd: ((StreamEnd) -> Void)?

    /// - Parameter largest: the size of the largest piece.
    init(
        _ world: World, to address: SocketAddress, seed: UInt64, total: Int, largest: Int = 9000
    ) throws(IOError) {
        output = ByteStream(seed: seed)
        expected = ByteStream(seed: seed)
        sizes = SplitMix64(seed: ~seed)
        self.total = total
        room = .allocate(byteCount: largest, alignment: 16)
        rest = UnsafeRawBufferPointer(rebasing: room[..<0])
        try super.init(world, try world.poller.openStream(for: address, StreamOptions()))
        connect(to: address)
    }

    deinit {
        room.deallocate()
        memory.deallocate()
    }

    override func lend(_ buffers: inout ReceiveBuffers) {
        if let base = memory.baseAddress { buffers.append(base, memory.count) }
    }

    override func happened(_ outcome: IOOutcome) {
        switch outcome {
        case .connected:
            receive()
            sendNext()
        case .sent(let count):
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
            if rest.isEmpty { sendNext() } else { send(rest) }
        case .received(0): end()
        case .received(let count): compare(count)
        case .connectFailed(let error), .receiveFailed(let error), .sendFailed(let error):
            self.error = error
            end()
        default: break
        }
    }

    private func sendNext() {
        let largest = UInt64(min(room.count, total - produced))
        guard largest > 0 else { return }
        let count = 1 + Int(sizes.next() % largest)
        for index in 0..<count { room[index] = output.next() }
        produced += count
        rest = UnsafeRawBufferPointer(rebasing: room[..<count])
        send(rest)
    }

    private func compare(_ count: Int) {
        for byte in memory[..<count] where byte != expected.next() { isRight = false }
        received += count
        if received >= total || received >= patience { end() } else { receive() }
    }

    private func end() {
        onEnd?(self)
        onEnd = nil
        retire()
    }
}
