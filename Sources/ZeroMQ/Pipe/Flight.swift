/// The batch that is being written: everything a queue held at one moment.
///
/// Segments are released from the front, but only as far as the last message boundary that has been
/// passed: what remains begins a message, so that a lost connection can be followed by another that
/// sends the interrupted message again from its first byte.
///
/// Invariant: `position` lies in `0...total`; the bytes before it have been written.
struct Flight: ~Copyable {
    private var segments = SegmentQueue()
    /// The index of the segment that holds the next byte to write.
    private var index = 0
    /// The next byte to write within that segment.
    private var offset = 0
    /// Written since the last ``takeCredit()``.
    private var creditMessages = 0
    private var creditBytes = 0

    var isEmpty: Bool { segments.isEmpty }

    /// Takes over all of `queue`.
    mutating func load(_ queue: inout SegmentQueue) {
        swap(&segments, &queue)
        index = 0
        offset = 0
    }

    /// Writes the vectors of what is left into `vectors`; returns how many.
    func fill(_ vectors: UnsafeMutableBufferPointer<IOVector>) -> Int {
        var used = 0
        var skip = offset
        var position = index
        while used < vectors.count, position < segments.count {
            let segment = segments[position]
            vectors[used] = IOVector(base: segment.base + skip, count: segment.count - skip)
            skip = 0
            used += 1
            position += 1
        }
        return used
    }

    /// Notes that `count` more bytes have been written.
    mutating func advance(_ count: Int) {
        var left = count
        creditBytes += count
        while left > 0, index < segments.count {
            let segment = segments[index]
            let rest = segment.count - offset
            if left < rest {
                offset += left
                return
            }
            left -= rest
            offset = 0
            index += 1
            creditMessages += segment.messages
            if segment.endsMessage { releasePassed() }
        }
    }

    /// See ``SegmentQueue/moveLast(of:to:_:)``.
    mutating func moveLast(of former: AnyObject, to owner: AnyObject, _ base: UnsafeRawPointer) {
        segments.moveLast(of: former, to: owner, base)
    }

    /// Moves everything to an inproc receiver; returns how many bytes that were.
    mutating func move(to inbound: InboundPipe) -> Int {
        var bytes = 0
        while let segment = segments.removeFirst() {
            bytes += segment.count
            inbound.append(segment)
        }
        index = 0
        offset = 0
        return bytes
    }

    /// What keeps the bytes alive that a write of up to `count` pieces was given.
    func owners(_ count: Int) -> [AnyObject] {
        var owners: [AnyObject] = []
        for position in index..<min(segments.count, index + count) {
            owners.append(segments[position].owner.takeUnretainedValue())
        }
        return owners
    }

    /// What has been written since the last call.
    mutating func takeCredit() -> (messages: Int, bytes: Int) {
        defer {
            creditMessages = 0
            creditBytes = 0
        }
        return (creditMessages, creditBytes)
    }

    private mutating func releasePassed() {
        while index > 0 {
            segments.removeFirst()?.release()
            index -= 1
        }
    }

    /// Puts what was not written, from a message boundary on, in front of `queue`.
    ///
    /// - Parameter dropsInterrupted: whether a message is left out of which a part was written; it
    ///   is told what was.
    mutating func rewind(
        into queue: inout SegmentQueue,
        dropsInterrupted: (_ passed: Int, _ isInterrupted: Bool) -> Bool = { _, _ in false }
    ) {
        let end = trimToBoundary()
        if dropsInterrupted(end.passed, end.isInterrupted), end.isInterrupted {
            dropFront(FrameWalker.end(ofMessages: 1, in: segments), messages: 1)
        }
        while let segment = segments.removeLast() { queue.prepend(segment) }
        index = 0
        offset = 0
        _ = takeCredit()
    }

    /// Releases everything.
    mutating func discard() {
        segments.removeAll()
        index = 0
        offset = 0
        _ = takeCredit()
    }

    /// Drops whole messages before the write position; returns how many, and whether a part of the
    /// next was written.
    private mutating func trimToBoundary() -> (passed: Int, isInterrupted: Bool) {
        guard index > 0 || offset > 0 else { return (creditMessages, false) }
        var written = offset
        for passed in 0..<index { written += segments[passed].count }
        let boundary = FrameWalker.lastBoundary(in: segments, notAfter: written)
        dropFront(boundary.bytes, messages: boundary.messages)
        return (creditMessages + boundary.messages, written > boundary.bytes)
    }

    private mutating func dropFront(_ bytes: Int, messages: Int) {
        var left = bytes
        var passed = messages
        while left > 0, !segments.isEmpty {
            let segment = segments[0]
            if segment.count <= left {
                left -= segment.count
                passed -= segment.messages
                segments.removeFirst()?.release()
            } else {
                segments.trimFirst(left, messages: passed)
                left = 0
            }
        }
    }
}
