/// Which of the free blocks of a ``ChunkPool`` is lent next.
enum BlockChoice {
    /// The one that came back last: the lines it was written with are still near.
    case warm
    /// The one that came back first, and none before ``restedBytes`` of them have.
    ///
    /// For small messages, which the thread at the other end reads byte by byte: the lines of a
    /// block that came back just now are in the cache of its core, and to write to them this core
    /// has to fetch each from there. Measured, that took 28 ns for a line, and 5 ns once a megabyte
    /// of others had pushed it out to the cache that the cores share: 64-byte messages in process
    /// went twice as fast, 1 KiB messages over TCP 1.2 times. Of larger messages nobody but the
    /// kernel reads more than the beginning, and the warm block is the better one.
    case rested

    /// As much as the cache of a core holds, about.
    static let restedBytes = 1024 * 1024

    /// Messages below this size are small here: they are copied out where they are received.
    private static let smallMessage = 4096

    /// The choice for frames of about `size` bytes.
    @inline(__always)
    init(forFramesOf size: Int) { self = size < Self.smallMessage ? .rested : .warm }
}
