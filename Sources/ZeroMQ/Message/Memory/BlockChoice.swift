/// Which of the free blocks of a ``ChunkPool`` is lent next.
enum BlockChoice {
    /// The one that came back last: the lines it was written with are still near.
    case warm
    /// The last one behind which ``restedBytes`` of others have come back. Blocks for a queue that
    /// just woke up do not rest: there is no stream yet.
    ///
    /// For small messages, which the thread at the other end reads byte by byte: the lines of a
    /// block that came back just now are in the cache of its core, and to write to them this core
    /// has to fetch each from there. Measured, that took 28 ns for a line, and 5 ns once a megabyte
    /// of others had pushed it out to the cache that the cores share: 64-byte messages in process
    /// went twice as fast, 1 KiB messages over TCP 1.2 times. Larger messages are handed on as they
    /// lie and may never be read here; they went up to a third slower.
    case rested

    /// As much as the cache of a core holds, about.
    static let restedBytes = 1024 * 1024

    /// Bodies from this size on stay in the block in which they were received; a smaller one, kept
    /// for long, would hold a whole block for a sixteenth of it or less.
    static let sharedFrom = 4096

    /// The choice for frames with bodies of about `size` bytes.
    @inline(__always)
    init(forBodiesOf size: Int) { self = size < Self.sharedFrom ? .rested : .warm }
}
