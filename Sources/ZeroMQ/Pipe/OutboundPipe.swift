/// The queue of wire bytes for one peer: frames are encoded straight into it, and the I/O thread
/// takes all of them at once.
///
/// Everything here is guarded by the lock of the ``SendSide`` it belongs to, except `flight`, which
/// belongs to the I/O thread while ``writer`` says so.
///
/// Invariants: `openStart <= cursor <= limit`; bytes in `openStart..<cursor` are whole frames not
/// yet closed into a segment; `queuedMessages` counts messages appended and not yet written.
final class OutboundPipe: @unchecked Sendable {
    // Unchecked: guarded by the owner's lock, see above.

    /// The pipe's place in the tables of its socket.
    let slot: Int
    let pool: ChunkPool

    @exclusivity(unchecked) private var cursor: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var limit: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var openStart: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var openMessages = 0
    @exclusivity(unchecked) private var isMidMessage = false
    @exclusivity(unchecked) private var chunk: Chunk?
    @exclusivity(unchecked) var queue = SegmentQueue()
    /// A body in the last segment that is the caller's; empty but for a moment.
    @exclusivity(unchecked) var borrowed = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Whether there are no frames in the queue (STREAM).
    @exclusivity(unchecked) private var holdsRawBytes = false

    /// Messages appended and not yet written.
    @exclusivity(unchecked) private(set) var queuedMessages = 0
    /// Bytes appended and not yet written.
    @exclusivity(unchecked) private(set) var queuedBytes = 0
    /// At this many queued messages the pipe is full; `Int.max` for no limit.
    @exclusivity(unchecked) private(set) var highWaterMark: Int
    // What the mark is made of: our own, and that of an inproc receiver.
    private var ownMark: Int
    private var peerMark = 0
    /// At this many queued bytes the pipe is full, unless it is empty.
    let byteLimit: Int

    private var wasBurst = false
    /// Where the last shared bytes ended; only compared with.
    @exclusivity(unchecked) private var sharedEnd = UnsafeRawPointer(OutboundPipe.nowhere)
    /// Shared messages up to this size are copied when they stand alone.
    private static let copiedShare = 512
    /// Connections in a row that were lost in the middle of the first message.
    private var interruptions = 0
    /// So many are enough to give the message up.
    static let mostInterruptions = 5
    @exclusivity(unchecked) private var deliveredSinceLoss = false

    /// What is being written now.
    @exclusivity(unchecked) var flight = Flight()
    /// Who takes what is queued.
    @exclusivity(unchecked) var writer = PipeWriter.nobody
    /// Whether the sender writes by itself when there is much to write.
    @exclusivity(unchecked) var allowsHelp = false
    @exclusivity(unchecked) var rest = Rest()
    /// How quickly batches leave.
    @exclusivity(unchecked) var pace = Pace()
    /// When the queue last ran empty; decides between an own write and batching.
    @exclusivity(unchecked) var idleSince = Instant(nanoseconds: 0)
    /// Who takes the bytes away; nil while there is no connection.
    @exclusivity(unchecked) var driver: (any PipeDriver)?
    /// Whether an idle queue may be written by the sending thread itself.
    @exclusivity(unchecked) var allowsOwnWrites = false
    /// Set when the strategy has taken the pipe out of rotation because it was full.
    @exclusivity(unchecked) var isParked = false
    /// The connection is being ended and writes nothing more: what is queued is for the next one.
    @exclusivity(unchecked) var isSevered = false
    /// Whether the queue waits for the next connection when one is lost.
    var outlivesConnection = false
    /// Set when the peer is being closed: it is given no new messages.
    @exclusivity(unchecked) var isWithdrawn = false
    /// The connection is to be closed as soon as it has begun (STREAM).
    var isClosing = false
    /// The id under which a router finds this peer.
    var routingID: RoutingID?
    /// The id that the peer had announced on the connection before this one.
    var formerRoutingID: RoutingID?

    init(slot: Int, highWaterMark: Int, byteLimit: Int, pool: ChunkPool) {
        self.slot = slot
        self.highWaterMark = highWaterMark
        ownMark = highWaterMark
        self.byteLimit = byteLimit
        self.pool = pool
        cursor = Self.nowhere
        limit = Self.nowhere
        openStart = Self.nowhere
    }

    /// Where the pointers of a queue that holds no chunk point; never written.
    private static var nowhere: UnsafeMutableRawPointer {
        UnsafeMutableRawPointer(bitPattern: 16).unsafelyUnwrapped
    }

    /// Bodies from this size on are written to a wire from where they are instead of being copied.
    static let referenceThreshold = 16 * 1024
    /// The same for a receiver in this process, who takes over what is queued as it is.
    private static let localThreshold = 4096

    /// Bodies that can be shared are queued by reference from this size on.
    @exclusivity(unchecked) private(set) var sharesFrom = OutboundPipe.referenceThreshold

    /// The receiver is in this process.
    func feedReceiver() { sharesFrom = Self.localThreshold }

    /// Whether it is.
    var feedsReceiver: Bool { sharesFrom == Self.localThreshold }

    /// Changes the mark of the sending socket, or that of an inproc receiver: the two add up, as if
    /// a wire with a queue at each end were between them.
    func setHighWaterMark(own: Int? = nil, peer: Int? = nil) {
        if let own { ownMark = own }
        if let peer { peerMark = peer }
        let sum = ownMark.addingReportingOverflow(peerMark)
        highWaterMark = sum.overflow ? .max : sum.partialValue
    }

    @inline(__always)
    var hasRoom: Bool {
        queuedMessages < highWaterMark && (queuedBytes < byteLimit || queuedMessages == 0)
    }

    /// Whether enough has drained for waiting senders to go on: half the limit, once a batch.
    var hasHalfDrained: Bool {
        (highWaterMark == Int.max || queuedMessages <= highWaterMark / 2)
            && queuedBytes <= byteLimit / 2
    }

    /// Whether a sender that may wait is to let the writer catch up.
    @inline(__always)
    var isFarAhead: Bool {
        queuedBytes > Pace.distance && queuedMessages > Pace.fewMessages && pace.isQuick
    }

    /// Whether a sender that was far ahead has still some way to wait.
    var isStillAhead: Bool {
        queuedBytes > Pace.distance / 2 && queuedMessages > Pace.fewMessages / 2
            && (queuedBytes <= Pace.distance || queuedMessages <= Pace.fewMessages)
    }

    /// Whether a sender does well to write what is queued, if nobody is writing.
    @inline(__always)
    var isWorthHelp: Bool { queuedBytes >= Rest.fill || !hasRoom || isParked }

    /// Whether the queue holds small messages only, about.
    var holdsSmallMessages: Bool { queuedBytes <= queuedMessages &* Rest.smallMessage }

    @inline(__always)
    var isIdle: Bool { queuedMessages == 0 }

    // MARK: Appending

    /// Appends one frame by copying it.
    @inline(__always)
    func appendFrame(_ body: UnsafeRawBufferPointer, more: Bool) {
        let needed = body.count &+ FrameHeader.longSize
        if limit - cursor < needed { changeChunk(atLeast: needed) }
        let size = FrameHeader.write(
            flags: more ? .more : [], length: body.count, to: cursor)
        if let source = body.baseAddress {
            (cursor + size).copyMemory(from: source, byteCount: body.count)
        }
        cursor += size &+ body.count
        queuedBytes &+= size &+ body.count
        isMidMessage = true
    }

    /// Appends one frame whose body stays where it is.
    func appendFrame(sharing owner: AnyObject, _ body: UnsafeRawBufferPointer, more: Bool) {
        guard let base = body.baseAddress else { return appendFrame(body, more: more) }
        if limit - cursor < FrameHeader.longSize { changeChunk(atLeast: FrameHeader.longSize) }
        let size = FrameHeader.write(
            flags: more ? .more : [], length: body.count, to: cursor)
        cursor += size
        isMidMessage = true
        closeOpenRange()
        queue.append(
            Segment(
                retaining: owner, base: base, count: body.count, messages: 0, endsMessage: false))
        queuedBytes &+= size &+ body.count
    }

    /// Appends bytes without a header (STREAM).
    func appendRaw(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        if limit - cursor < bytes.count { changeChunk(atLeast: bytes.count) }
        cursor.copyMemory(from: source, byteCount: bytes.count)
        cursor += bytes.count
        queuedBytes &+= bytes.count
        holdsRawBytes = true
    }

    /// Marks the end of a message: what was appended since the last one is complete.
    @inline(__always)
    func endMessage() {
        queuedMessages &+= 1
        isMidMessage = false
        if cursor != openStart {
            openMessages &+= 1
        } else {
            queue.endMessageInLast()
        }
    }

    /// Appends bytes that other pipes share: a part or the whole of a message of a fan-out.
    ///
    /// Messages that follow each other in the shared memory become one range of it. A small one on
    /// its own, between others that are not for this peer, is copied: that costs less than a piece
    /// of its own in the queue and in the write, and than a reference that two threads count.
    @inline(__always)
    func appendShared(owner: AnyObject, base: UnsafeRawPointer, count: Int, endsMessage: Bool) {
        let messages = endsMessage ? 1 : 0
        let isAlone = base != sharedEnd
        sharedEnd = base + count
        queuedBytes &+= count
        if isAlone, endsMessage, count <= Self.copiedShare {
            return appendCopy(UnsafeRawBufferPointer(start: base, count: count))
        }
        queuedMessages &+= messages
        if cursor != openStart { closeOpenRange() }
        if queue.extendLast(
            owner: owner, base: base, count: count, messages: messages, endsMessage: endsMessage)
        {
            return
        }
        queue.append(
            Segment(
                retaining: owner, base: base, count: count, messages: messages,
                endsMessage: endsMessage))
    }

    private func appendCopy(_ message: UnsafeRawBufferPointer) {
        guard let source = message.baseAddress else { return }
        if limit - cursor < message.count { changeChunk(atLeast: message.count) }
        cursor.copyMemory(from: source, byteCount: message.count)
        cursor += message.count
        openMessages &+= 1
        queuedMessages &+= 1
        isMidMessage = false
    }

    private func closeOpenRange() {
        let count = cursor - openStart
        guard count > 0, let chunk else { return }
        let base = UnsafeRawPointer(openStart)
        if !queue.extendLast(
            owner: chunk, base: base, count: count, messages: openMessages,
            endsMessage: !isMidMessage)
        {
            queue.append(
                Segment(
                    retaining: chunk, base: base, count: count, messages: openMessages,
                    endsMessage: !isMidMessage))
        }
        openMessages = 0
        openStart = cursor
    }

    private func changeChunk(atLeast needed: Int) {
        closeOpenRange()
        // A queue that already filled a chunk is under load: full-sized ones from now on.
        let size = chunk == nil ? needed : max(needed, ChunkPool.fullSize)
        let choice = BlockChoice(forBodiesOf: needed - FrameHeader.longSize)
        let fresh = pool.borrow(atLeast: size, choice)
        chunk = fresh
        cursor = fresh.base
        openStart = fresh.base
        limit = fresh.base + fresh.capacity
    }

    // MARK: Taking

    /// Moves everything queued into `flight`, which must be empty; false when there is nothing.
    func takeAll() -> Bool {
        closeOpenRange()
        if queue.isEmpty { return false }
        if queuedBytes - borrowed.count >= ChunkPool.burst { wasBurst = true }
        flight.load(&queue)
        return true
    }

    /// Accounts for what has been written.
    func credit(messages: Int, bytes: Int) {
        if messages > 0 { deliveredSinceLoss = true }
        queuedMessages -= messages
        queuedBytes -= bytes
    }

    /// Gives the memory of an idle queue back.
    func releaseIdleMemory() {
        guard queuedMessages == 0, cursor == openStart else { return }
        chunk = nil
        cursor = Self.nowhere
        limit = Self.nowhere
        openStart = Self.nowhere
        queue.compact()
        guard wasBurst else { return }
        wasBurst = false
        pool.noteBurst()
    }

    /// Takes back what a lost connection had not written, from a message boundary on.
    ///
    /// - Returns: how many messages were given up: one that several connections in a row did not
    ///   survive. The peer does not take it, and whatever is behind it would wait for ever.
    func rewind() -> Int {
        closeOpenRange()
        var givenUp = 0
        flight.rewind(into: &queue) { passed, isInterrupted in
            if passed > 0 || deliveredSinceLoss { interruptions = 0 }
            if isInterrupted { interruptions += 1 }
            deliveredSinceLoss = false
            guard interruptions >= Self.mostInterruptions else { return false }
            interruptions = 0
            givenUp = 1
            return true
        }
        pace.giveUp()
        (queuedMessages, queuedBytes) = queue.totals
        writer = .nobody
        rest.startOver()
        return givenUp
    }

    /// Drops what is queued but not yet being written; returns how many messages were lost.
    func discardQueued() -> Int {
        closeOpenRange()
        let lost = queue.totals
        if lost.messages > 0 {
            queue.removeAll()
            queuedMessages -= lost.messages
            queuedBytes -= lost.bytes
        }
        return lost.messages
    }

    /// Drops what a lost connection had not written whole; returns how many messages were lost.
    func discardFlight() -> Int {
        var rest = SegmentQueue()
        flight.rewind(into: &rest)
        return rest.totals.messages
    }

    /// Empties the queue; returns how many messages were lost.
    func discardAll() -> Int {
        closeOpenRange()
        let written = flight.takeCredit()
        credit(messages: written.messages, bytes: written.bytes)
        // What of the batch was written before the end is not lost here.
        let givenUp = holdsRawBytes ? 0 : rewind()
        queue.removeAll()
        flight.discard()
        let lost = queuedMessages + givenUp
        queuedMessages = 0
        queuedBytes = 0
        releaseIdleMemory()
        return lost
    }
}
