/// Where received bytes lie until they are whole messages.
///
/// Bytes arrive in a chunk; what the session has recognised as frames becomes a segment of that
/// chunk, a few bytes are copied out instead so that they do not pin 64 KiB, and a large body is
/// received straight into memory of its own. An idle connection holds no memory here.
///
/// Invariant: `rangeStart <= parsed <= filled <= chunk.capacity`; `rangeStart..<parsed` are frames
/// recognised and not yet made a segment; `parsed..<filled` is input the session has not consumed.
struct ReceiveBuffer: ~Copyable {
    /// Shorter runs of frames are copied out of the chunk.
    private static let copyLimit = 16 * 1024
    /// A receive with less room than this is not worth its system call.
    private static let leastSpace = 16 * 1024

    private var chunk: Chunk?
    private var filled = 0
    private var parsed = 0
    private var rangeStart = 0
    private var rangeMessages = 0
    /// As the last run of frames suggests: one that was copied leaves its chunk in this core.
    private var nextBlock = BlockChoice.warm
    private var body = GrowingBody(length: 0, pool: nil)
    /// Whether the body of a large frame is being collected.
    private(set) var isCollectingBody = false
    private var lentToBody = 0

    /// Recognised frames, not yet handed over.
    var pending = SegmentQueue()
    private(set) var pendingMessages = 0
    private(set) var pendingBytes = 0
    private var isMidMessage = false

    var bodyIsComplete: Bool { isCollectingBody && body.isComplete }

    /// Input the session has not consumed.
    var unparsed: UnsafeRawBufferPointer {
        guard let chunk else { return UnsafeRawBufferPointer(start: nil, count: 0) }
        return UnsafeRawBufferPointer(start: chunk.base + parsed, count: filled - parsed)
    }

    // MARK: Receiving

    /// Lends memory for the next receive; `needed` is what the unconsumed input has to reach.
    mutating func lend(_ buffers: inout ReceiveBuffers, from pool: ChunkPool, needed: Int) {
        if isCollectingBody { return lendForBody(&buffers, from: pool) }
        makeSpace(from: pool, needed: needed)
        // Nothing, where there is no memory: that ends this connection and no more.
        guard let chunk, filled < chunk.capacity else { return }
        buffers.append(chunk.base + filled, chunk.capacity - filled)
    }

    private mutating func lendForBody(_ buffers: inout ReceiveBuffers, from pool: ChunkPool) {
        guard let space = body.space(), let base = space.baseAddress else { return }
        lentToBody = space.count
        buffers.append(base, space.count)
        // The header of what follows comes along in the same call; little of the next body does, so
        // little has to be copied.
        guard lentToBody == body.missing else { return }
        guard let fresh = pool.borrowIfAny(atLeast: ChunkPool.smallSize) else { return }
        replaceChunk(with: fresh)
        if let chunk { buffers.append(chunk.base + filled, chunk.capacity - filled) }
    }

    private mutating func makeSpace(from pool: ChunkPool, needed: Int) {
        let missing = max(needed - (filled - parsed), 1)
        if let chunk,
            chunk.capacity - filled >= max(missing, min(Self.leastSpace, chunk.capacity))
        {
            return
        }
        let size = max(needed, ChunkPool.fullSize)
        guard let fresh = pool.borrowIfAny(atLeast: size, nextBlock) else { return }
        replaceChunk(with: fresh)
    }

    /// Moves the unconsumed input to the front of a new chunk.
    private mutating func replaceChunk(with fresh: Chunk) {
        let rest = unparsed
        if let source = rest.baseAddress, rest.count > 0 {
            fresh.base.copyMemory(from: source, byteCount: rest.count)
        }
        chunk = fresh
        filled = rest.count
        parsed = 0
        rangeStart = 0
    }

    /// Notes that `count` bytes have arrived in what was lent.
    mutating func accept(_ count: Int) {
        let toBody = min(count, lentToBody)
        lentToBody = 0
        if toBody > 0 { body.advance(toBody) }
        filled += count - toBody
    }

    // MARK: Parsing

    /// The next `count` bytes are frames that complete `messages` messages.
    mutating func takeFrames(_ count: Int, messages: Int, endsMessage: Bool) {
        parsed += count
        rangeMessages += messages
        isMidMessage = !endsMessage
    }

    /// The next `count` bytes are no frames for the application.
    mutating func skip(_ count: Int) {
        closeRange()
        parsed += count
        rangeStart = parsed
    }

    /// The next `count` bytes are frames and then the header of a body of `length` bytes.
    ///
    /// Returns false when there is no memory for it.
    mutating func beginBody(
        _ count: Int, length: Int, messages: Int, pool: ChunkPool
    ) -> Bool {
        parsed += count
        rangeMessages += messages
        isMidMessage = true
        closeRange()
        var fresh = GrowingBody(length: length, pool: pool)
        let here = UnsafeRawBufferPointer(rebasing: unparsed.prefix(length))
        guard fresh.append(here) else { return false }
        parsed += here.count
        rangeStart = parsed
        body = fresh
        isCollectingBody = true
        return true
    }

    /// The body is complete, and with it `messages` messages.
    mutating func finishBody(messages: Int) {
        guard isCollectingBody else { return }
        let storage = body.finish()
        isCollectingBody = false
        pending.append(
            Segment(
                retaining: storage, base: UnsafeRawPointer(storage.base), count: storage.count,
                messages: messages, endsMessage: messages > 0))
        pendingMessages += messages
        pendingBytes += storage.count
        isMidMessage = messages == 0
    }

    /// Makes a segment of the frames recognised so far.
    mutating func closeRange() {
        let count = parsed - rangeStart
        guard count > 0, let chunk else { return }
        let start = UnsafeRawPointer(chunk.base + rangeStart)
        let owner: AnyObject
        let base: UnsafeRawPointer
        if count < Self.copyLimit {
            let block = FrameStorage.make(
                copying: UnsafeRawBufferPointer(start: start, count: count))
            owner = block
            base = UnsafeRawPointer(block.base)
            nextBlock = .warm
        } else {
            owner = chunk
            base = start
            nextBlock = BlockChoice(forBodiesOf: count / max(rangeMessages, 1))
        }
        pending.append(
            Segment(
                retaining: owner, base: base, count: count, messages: rangeMessages,
                endsMessage: !isMidMessage))
        pendingMessages += rangeMessages
        pendingBytes += count
        rangeMessages = 0
        rangeStart = parsed
    }

    /// Makes one frame of everything received: a piece of a raw stream.
    mutating func wrapRaw() {
        let count = filled - parsed
        guard count > 0 else { return }
        pending.append(Segment(messageOf: unparsed))
        pendingMessages += 1
        pendingBytes += count
        parsed = filled
        rangeStart = filled
    }

    /// Everything pending has been handed over.
    mutating func handedOver() {
        pendingMessages = 0
        pendingBytes = 0
    }

    /// Gives the chunk back when it holds nothing more.
    mutating func releaseIdleMemory() {
        guard parsed == filled, rangeStart == parsed else { return }
        chunk = nil
        filled = 0
        parsed = 0
        rangeStart = 0
        pending.compact()
    }

    // MARK: Ending

    /// Whether whole frames, or a part of a large one, belong to a message whose end has not
    /// arrived. What is not parsed yet may begin another: see ``Session/beginsMessage(_:)``.
    var isAmidMessage: Bool { isMidMessage || isCollectingBody }

    /// Drops everything. Not while a receive is pending: its memory is here.
    mutating func reset() {
        chunk = nil
        nextBlock = .warm
        filled = 0
        parsed = 0
        rangeStart = 0
        rangeMessages = 0
        lentToBody = 0
        body = GrowingBody(length: 0, pool: nil)
        isCollectingBody = false
        pending.removeAll()
        handedOver()
        isMidMessage = false
    }
}
