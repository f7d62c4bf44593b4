import Testing

@testable import ZeroMQ

/// A handler that writes down what it is told, and sends and receives as a connection would.
final class TestEnd: IOHandler {
    // Not the loop: its end is what breaks the cycle through the poller's entries.
    let thread: IOThread
    let handle: Handle
    private(set) var id = EntryID(index: .max, generation: .max)

    // MARK: What was seen

    var accepted: [Handle] = []
    var acceptErrors: [IOError] = []
    var isConnected = false
    var connectError: IOError?
    var received: [UInt8] = []
    var receiveSizes: [Int] = []
    var hasEnded = false
    var receiveError: IOError?
    var sentTotal = 0
    var sendSizes: [Int] = []
    var sendError: IOError?
    var hangUps = 0
    var readableCount = 0
    var watchError: IOError?
    var isRetired = false
    var isAbandoned = false
    var outcomesAfterRetire = 0
    var timerTags: [UInt8] = []
    private var hasCalledRetire = false

    // MARK: What it does by itself

    /// Starts the next receive from the outcome of the last.
    var keepsReceiving = true
    /// The pieces lent for each receive.
    var lendSizes = [4096]
    /// Takes what is received instead of `received`.
    var onBytes: ((UnsafeRawBufferPointer) -> Void)?
    /// Called after an outcome was written down.
    var onOutcome: ((TestEnd, IOOutcome) -> Void)?

    private var memory: [UnsafeMutableRawBufferPointer] = []
    private var output: UnsafeMutableRawBufferPointer?
    private var outputOffset = 0
    private var outputPieces = 1

    init(_ loop: TestLoop, adopting handle: Handle, owned: Bool = true) throws {
        thread = loop.thread
        self.handle = handle
        id = try loop.poller.register(handle, self, owned: owned)
    }

    static func listening(_ loop: TestLoop, _ options: ListenOptions = ListenOptions()) throws
        -> TestEnd
    {
        let handle = try loop.poller.openListener(loop.listenAddress(), options)
        let end = try TestEnd(loop, adopting: handle)
        loop.poller.accept(on: end.id)
        return end
    }

    static func connecting(
        _ loop: TestLoop, to address: SocketAddress, _ options: StreamOptions = StreamOptions()
    ) throws -> TestEnd {
        let handle = try loop.poller.openStream(for: address, options)
        let end = try TestEnd(loop, adopting: handle)
        loop.poller.connect(end.id, to: address)
        return end
    }

    deinit {
        for piece in memory { piece.deallocate() }
        output?.deallocate()
    }

    var poller: any Poller { thread.poller }

    var localAddress: SocketAddress? { poller.localAddress(of: handle) }

    func receive() { poller.receive(id) }

    func retire() {
        hasCalledRetire = true
        poller.retire(id)
    }

    /// Sends all of `bytes`, cut into so many pieces, and posts what is not taken again.
    func send(_ bytes: [UInt8], pieces: Int = 1) {
        output?.deallocate()
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        copy.copyBytes(from: bytes)
        output = copy
        outputOffset = 0
        outputPieces = pieces
        sendRest()
    }

    /// Writes to the memory that was lent, as nobody may.
    func spoilLentMemory() {
        for piece in memory { piece.initializeMemory(as: UInt8.self, repeating: 0) }
    }

    var isSending: Bool { output != nil }

    private func sendRest() {
        guard let output else { return }
        let rest = UnsafeRawBufferPointer(rebasing: output[outputOffset...])
        let size = max(1, (rest.count + outputPieces - 1) / outputPieces)
        var vectors: [IOVector] = []
        var offset = 0
        while offset < rest.count, let base = rest.baseAddress {
            let count = min(size, rest.count - offset)
            vectors.append(IOVector(base: base + offset, count: count))
            offset += count
        }
        vectors.withUnsafeBufferPointer { poller.send(id, $0) }
    }

    // MARK: IOHandler

    func lend(_ buffers: inout ReceiveBuffers) {
        if memory.map(\.count) != lendSizes {
            for piece in memory { piece.deallocate() }
            memory = lendSizes.map { .allocate(byteCount: $0, alignment: 1) }
        }
        for piece in memory {
            if let base = piece.baseAddress { buffers.append(base, piece.count) }
        }
    }

    func completed(_ outcome: IOOutcome) {
        if hasCalledRetire, !isRetirement(outcome) { outcomesAfterRetire += 1 }
        if isRetired { outcomesAfterRetire += 1 }
        switch outcome {
        case .accepted(let handle): accepted.append(handle)
        case .acceptFailed(let error): acceptErrors.append(error)
        case .connected: isConnected = true
        case .connectFailed(let error): connectError = error
        case .received(let count): take(count)
        case .receiveFailed(let error): receiveError = error
        case .sent(let count): sent(count)
        case .sendFailed(let error): sendError = error
        case .hungUp: hangUps += 1
        case .readable: readableCount += 1
        case .watchFailed(let error): watchError = error
        case .retired: isRetired = true
        case .abandoned: isAbandoned = true
        }
        onOutcome?(self, outcome)
    }

    func timerFired(_ tag: UInt8) { timerTags.append(tag) }

    private func isRetirement(_ outcome: IOOutcome) -> Bool {
        if case .retired = outcome { return true }
        return false
    }

    private func take(_ count: Int) {
        receiveSizes.append(count)
        if count == 0 {
            hasEnded = true
            return
        }
        var rest = count
        for piece in memory where rest > 0 {
            let part = min(rest, piece.count)
            if let onBytes {
                onBytes(UnsafeRawBufferPointer(rebasing: piece.prefix(part)))
            } else {
                received.append(contentsOf: piece.prefix(part))
            }
            rest -= part
        }
        if keepsReceiving { receive() }
    }

    private func sent(_ count: Int) {
        sendSizes.append(count)
        sentTotal += count
        outputOffset += count
        guard let output else { return }
        if outputOffset < output.count {
            sendRest()
        } else {
            output.deallocate()
            self.output = nil
        }
    }
}
