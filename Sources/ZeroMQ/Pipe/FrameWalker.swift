/// Walks over the frames in a list of segments, where a frame's header lies within one segment and
/// its body behind it or in the segments that follow.
struct FrameWalker {
    private var segment = 0
    private var offset = 0
    private var position = 0

    /// The end of the last whole message that ends at or before byte `target`, and how many
    /// messages end up to there.
    static func lastBoundary(
        in segments: borrowing SegmentQueue, notAfter target: Int
    ) -> (bytes: Int, messages: Int) {
        var walker = FrameWalker()
        var boundary = (bytes: 0, messages: 0)
        while let flags = walker.passFrame(in: segments), walker.position <= target {
            if !flags.contains(.more) {
                boundary = (walker.position, boundary.messages + 1)
            }
        }
        return boundary
    }

    /// The bytes that the first `count` messages take.
    static func end(ofMessages count: Int, in segments: borrowing SegmentQueue) -> Int {
        var walker = FrameWalker()
        var left = count
        while left > 0, let flags = walker.passFrame(in: segments) {
            if !flags.contains(.more) { left -= 1 }
        }
        return walker.position
    }

    private mutating func passFrame(in segments: borrowing SegmentQueue) -> FrameFlags? {
        while segment < segments.count, offset == segments[segment].count {
            segment += 1
            offset = 0
        }
        guard segment < segments.count else { return nil }
        let current = segments[segment]
        let rest = UnsafeRawBufferPointer(
            start: current.base + offset, count: current.count - offset)
        guard let header = FrameHeader.decode(rest), let body = Int(exactly: header.length) else {
            return nil
        }
        advance(header.headerSize + body, in: segments)
        return header.flags
    }

    private mutating func advance(_ count: Int, in segments: borrowing SegmentQueue) {
        position += count
        offset += count
        while segment < segments.count, offset > segments[segment].count {
            offset -= segments[segment].count
            segment += 1
        }
    }
}
