/// Notices that are written now and shown later, all at once: the topics that nobody holds any more
/// when a subscriber has gone.
final class NoticeBatch: @unchecked Sendable {
    // Unchecked: whoever made it hands it on and forgets it.
    private var log: NoticeLog
    /// Their frames.
    var segments = SegmentQueue()
    /// How many there are.
    private(set) var count = 0
    private(set) var bytes = 0
    /// How many there was no memory for.
    private(set) var lost = 0

    init(pool: ChunkPool) {
        log = NoticeLog(pool: pool)
    }

    var isEmpty: Bool { count == 0 && lost == 0 }

    /// Adds a notice.
    func add(_ body: [UInt8]) {
        guard let run = body.withUnsafeBytes({ log.write($0) }) else { return lost += 1 }
        count += 1
        bytes += run.count
        let isJoined = segments.extendLast(
            owner: run.owner, base: run.base, count: run.count, messages: 1, endsMessage: true)
        if isJoined { return }
        segments.append(
            Segment(
                retaining: run.owner, base: run.base, count: run.count, messages: 1,
                endsMessage: true))
    }
}
