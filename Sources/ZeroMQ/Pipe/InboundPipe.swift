/// The messages received from one peer and not yet taken by the application: whole, validated
/// frames in the memory they were received into.
///
/// Everything here is guarded by the lock of the ``ReceiveSide`` it belongs to, but for the share
/// of a ``ReceiveLease``, which belongs to who holds that.
///
/// Invariant: `cursor <= end`; the queue holds `queuedMessages` whole messages from `cursor` on.
final class InboundPipe: @unchecked Sendable {
    // Unchecked: guarded by the owner's lock, or by a lease.

    /// The pipe's place in the tables of its socket.
    let slot: Int
    /// Who receives for this pipe and is told when there is room again.
    @exclusivity(unchecked) var driver: (any PipeDriver)?
    /// Where the messages of an inproc peer are fetched from.
    @exclusivity(unchecked) var source: (any InboundSource)?
    /// The peer's routing id, shown in front of its messages by a router.
    @exclusivity(unchecked) var routingID = Frame()
    /// What the peer told us of itself.
    var peer: PeerDescription?

    @exclusivity(unchecked) private var cursor: UnsafeRawPointer
    @exclusivity(unchecked) private var end: UnsafeRawPointer
    @exclusivity(unchecked) private var current: Unmanaged<AnyObject>?
    @exclusivity(unchecked) private var queue = SegmentQueue()
    /// Whether the open segment ends with a message: all of its frames lie in it.
    @exclusivity(unchecked) private var isWhole = false
    /// Whether a part of it is lent.
    @exclusivity(unchecked) private var isLent = false

    /// Messages not yet taken.
    @exclusivity(unchecked) private(set) var queuedMessages = 0
    // Bytes of the segments behind the current one.
    @exclusivity(unchecked) private var bytesBehind = 0
    /// At this many messages reading from the peer is paused, unless they are small; `Int.max` for
    /// no limit.
    @exclusivity(unchecked) var highWaterMark: Int
    /// At this many bytes reading from the peer is paused, whatever the mark.
    let byteLimit: Int
    /// Only the newest message stays (`ZMQ_CONFLATE`): the queue is never full.
    let keepsNewest: Bool
    /// Reading is paused until the queue has room again.
    @exclusivity(unchecked) var isPaused = false
    /// Reading has not begun, because of what others have left behind; see ``ReceiveSide``.
    @exclusivity(unchecked) var isHeld = false
    /// ``arrivedBytes`` when it had shown what it brings, having been held.
    var settledAt = 0
    /// Bytes that came into the queue, ever.
    @exclusivity(unchecked) private(set) var arrivedBytes = 0
    /// The peer has gone; the pipe goes when its last message has been taken.
    @exclusivity(unchecked) var isOrphan = false
    /// The memory its messages took when the peer went.
    var leftBehind = 0
    /// How much each fetch from an inproc sender brings.
    @exclusivity(unchecked) var stride = Stride()
    /// An inproc sender is told of consumed messages this many at a time.
    @exclusivity(unchecked) var creditThreshold = 1
    /// How many of the oldest messages came by a connection that is lost (REP).
    @exclusivity(unchecked) var staleMessages = 0
    /// Taken since the last report to an inproc sender; notices that wait count against it.
    @exclusivity(unchecked) private(set) var taken = 0

    /// Where the pointers of a pipe that holds no segment point; never read.
    private static var nowhere: UnsafeRawPointer {
        UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
    }

    /// Small messages up to so many bytes, and up to ``readAheadFactor`` times the mark, do not
    /// pause reading. A reader that stops at every thousandth of them spends its time on stopping:
    /// measured, 64-byte messages went 1.3 to 1.4 times as fast.
    private static let readAhead = 256 * 1024
    private static let readAheadFactor = 4

    init(slot: Int, highWaterMark: Int, byteLimit: Int = .max, keepsNewest: Bool = false) {
        self.slot = slot
        self.highWaterMark = highWaterMark
        self.byteLimit = byteLimit
        self.keepsNewest = keepsNewest
        cursor = Self.nowhere
        end = Self.nowhere
    }

    deinit {
        current?.release()
    }

    @inline(__always)
    var hasMessage: Bool { queuedMessages > 0 }

    /// Bytes not yet taken.
    var queuedBytes: Int { bytesBehind &+ (end - cursor) }

    /// Takes over all of `segments`, in which `messages` whole messages lie.
    func append(_ segments: inout SegmentQueue, messages: Int) {
        while let segment = segments.removeFirst() { appendSegment(segment) }
        queuedMessages += messages
        if isFull { isPaused = true }
    }

    /// Appends one segment of whole frames; takes over its retain.
    @inline(__always)
    func append(_ segment: Segment) {
        appendSegment(segment)
        queuedMessages += segment.messages
        if isFull { isPaused = true }
    }

    /// Appends notices.
    func append(_ run: NoticeLog.Run, messages: Int) {
        if queue.extendLast(
            owner: run.owner, base: run.base, count: run.count, messages: messages,
            endsMessage: true)
        {
            bytesBehind &+= run.count
            arrivedBytes &+= run.count
            queuedMessages += messages
            if isFull { isPaused = true }
        } else {
            append(
                Segment(
                    retaining: run.owner, base: run.base, count: run.count, messages: messages,
                    endsMessage: true))
        }
    }

    @inline(__always)
    private func appendSegment(_ segment: Segment) {
        queue.append(segment)
        bytesBehind &+= segment.count
        arrivedBytes &+= segment.count
    }

    @inline(__always)
    private func removeFirstSegment() -> Segment? {
        guard let segment = queue.removeFirst() else { return nil }
        bytesBehind &-= segment.count
        return segment
    }

    /// Drops everything; returns how many messages were lost.
    func discardAll() -> Int {
        assert(!isLent, "discarded while lent")
        let lost = queuedMessages
        queuedMessages = 0
        current?.release()
        current = nil
        cursor = Self.nowhere
        end = Self.nowhere
        queue.removeAll()
        bytesBehind = 0
        return lost
    }

    /// Drops all messages but the newest; returns how many were lost.
    func keepNewest() -> Int {
        discardOldest(queuedMessages - 1)
    }

    /// Drops all whole messages; returns how many were lost. One whose end has yet to come stays.
    func discardWhole() -> Int {
        discardOldest(queuedMessages)
    }

    private func discardOldest(_ count: Int) -> Int {
        let lost = max(0, count)
        var dropped = Message()
        for _ in 0..<lost { cut(into: &dropped) }
        return lost
    }

    /// Drops the frames of a message whose end never came; returns whether there were any.
    func discardPartial() -> Bool {
        assert(!isLent, "discarded while lent")
        if let current, cursor < end {
            queue.prepend(
                Segment(
                    adopting: current, base: cursor, count: end - cursor, messages: 0,
                    endsMessage: false))
            self.current = nil
        }
        cursor = Self.nowhere
        end = Self.nowhere
        bytesBehind = FrameWalker.end(ofMessages: queuedMessages, in: queue)
        return queue.truncate(to: bytesBehind)
    }

    // MARK: Flow

    /// Whether reading is to pause. Not for frames whose end has yet to come: nobody could take
    /// them, and it is reading that brings the end.
    @inline(__always)
    var isFull: Bool {
        if queuedMessages == 0 || keepsNewest { return false }
        return queuedMessages >= highWaterMark && !isSmall(below: Self.readAhead, highWaterMark)
            || queuedBytes >= byteLimit
    }

    /// Whether a paused reader may go on: an eighth below the limits, not half. What it reads takes
    /// a wake-up to come, and with half the application stood still meanwhile: measured, 5 to 20 %
    /// fewer small messages a second.
    var hasRoomAgain: Bool {
        if queuedMessages == 0 || keepsNewest { return true }
        let mark = highWaterMark - highWaterMark / 8
        let ahead = Self.readAhead - Self.readAhead / 8
        return (queuedMessages < mark || isSmall(below: ahead, mark))
            && queuedBytes < byteLimit - byteLimit / 8
    }

    @inline(__always)
    private func isSmall(below bytes: Int, _ mark: Int) -> Bool {
        queuedBytes < bytes && queuedMessages / Self.readAheadFactor < mark
    }

    /// Forgets what was reported to the sender.
    func takeTaken() -> Int {
        let report = max(0, taken)
        taken -= report
        return report
    }

    /// So many of the messages that have come are notices: the sender is not told when they are
    /// taken, for it did not send them.
    func noteNotices(_ count: Int) {
        taken &-= count
    }

    // MARK: Cutting

    /// Cuts the next message out. Call only while ``hasMessage``.
    @inline(__always)
    func cut(into message: inout Message) {
        var more = false
        message.assignFirst { cutFrame(into: &$0, more: &more) }
        if more { cutRest(into: &message) }
        noteTaken()
    }

    /// Cuts the next message out, with `head` as an additional first frame.
    func cut(into message: inout Message, behind head: Frame) {
        message = Message(head)
        cutRest(into: &message)
        noteTaken()
    }

    private func cutRest(into message: inout Message) {
        var more = true
        let count = framesAhead
        if count > 1 { message.reserveTail(count) }
        while more {
            var frame = Frame()
            cutFrame(into: &frame, more: &more)
            message.append(frame)
        }
    }

    /// How many frames of this message follow in the open segment; at least one.
    private var framesAhead: Int {
        var position = cursor
        var count = 1
        while let header = FrameHeader.decode(position, end - position),
            header.flags.contains(.more),
            header.length < UInt64(end - position - header.headerSize)
        {
            position += header.headerSize + Int(header.length)
            count += 1
        }
        return count
    }

    @inline(__always)
    private func noteTaken() {
        assert(!isLent, "cut while lent")
        queuedMessages &-= 1
        taken &+= 1
    }

    @inline(__always)
    private func cutFrame(into frame: inout Frame, more: inout Bool) {
        if cursor == end, !openNext() {
            // Unreachable while the session validates what it hands over; an empty frame is the
            // harmless answer should it ever not.
            more = false
            frame = Frame()
            return
        }
        let flags = FrameFlags(rawValue: cursor.load(as: UInt8.self))
        more = flags.contains(.more)
        var body = cursor + 2
        var count = Int(truncatingIfNeeded: cursor.load(fromByteOffset: 1, as: UInt8.self))
        if flags.contains(.long) {
            body = cursor + 9
            count = Int(
                truncatingIfNeeded: UInt64(
                    bigEndian: cursor.loadUnaligned(fromByteOffset: 1, as: UInt64.self)))
        }
        if body + count <= end {
            cursor = body + count
            let bytes = UnsafeRawBufferPointer(start: body, count: count)
            if count >= BlockChoice.sharedFrom, let current {
                frame.assign(sharing: current.takeUnretainedValue(), bytes)
            } else if count <= InlineBytes.capacity, end - body >= InlineBytes.capacity {
                // What follows the body comes along, which spares the copy a length to look at.
                frame.assign(
                    inline: body.loadUnaligned(as: InlineBytes.self), count: count)
            } else {
                frame.assign(copying: bytes)
            }
        } else {
            cursor = end
            cutSharedBody(into: &frame)
        }
    }

    /// The body of a large frame is a segment of its own, and becomes the frame without a copy.
    private func cutSharedBody(into frame: inout Frame) {
        guard let segment = removeFirstSegment() else { return frame = Frame() }
        let bytes = UnsafeRawBufferPointer(start: segment.base, count: segment.count)
        frame = Frame(sharing: segment.owner.takeUnretainedValue(), bytes)
        segment.release()
    }

    private func openNext() -> Bool {
        current?.release()
        current = nil
        guard let segment = removeFirstSegment() else { return false }
        current = segment.owner
        cursor = segment.base
        end = segment.end
        isWhole = segment.endsMessage
        return true
    }

    // MARK: Lending

    // A part of the open segment can be lent, to be cut without the lock; see `ReceiveLease`. What
    // is lent counts as queued here until it is taken back. Whoever cuts or discards here has that
    // done first: `ReceiveSide.lockQueues()`.

    /// How many messages may be lent, if as many are in the segment.
    ///
    /// Never the last one, nor one by whose taking an inproc sender is told that there is room: who
    /// takes such a one has the lock, and looks after these things. A reader that is paused hears
    /// of room with the next message taken under the lock, an eighth of the mark late at most: not
    /// to lease from a pipe that is paused left half of a stream without leases (8 B over TCP went
    /// 1.17 times as fast with them).
    @inline(__always)
    var leasableMessages: Int {
        guard cursor != end, isWhole, queuedBytes <= byteLimit / 2 else { return 0 }
        let untold = source == nil ? highWaterMark / 8 : creditThreshold &- taken &- 1
        return min(queuedMessages &- 1, untold)
    }

    /// Whether there is a message in the open segment.
    @inline(__always)
    var hasMessageHere: Bool { queuedMessages > 0 && cursor != end }

    /// Lends up to `count` messages to `share`, which is empty.
    func lend(_ count: Int, to share: InboundPipe) {
        assert(!isLent, "lent twice")
        isLent = true
        share.cursor = cursor
        share.end = end
        share.current = current?.retain()
        share.queuedMessages = count
        share.taken = 0
    }

    /// Takes back what is left of them; returns how many were taken.
    func takeBack(from share: InboundPipe) -> Int {
        isLent = false
        cursor = share.cursor
        queuedMessages &-= share.taken
        taken &+= share.taken
        _ = share.discardAll()
        return share.taken
    }

    /// Gives back the memory of a queue that has run empty.
    func releaseIdleMemory() {
        guard cursor == end, queue.isEmpty else { return }
        current?.release()
        current = nil
        cursor = Self.nowhere
        end = Self.nowhere
        queue.compact()
    }
}
