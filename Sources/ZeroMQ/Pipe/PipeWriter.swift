/// Who writes a peer's queue to its connection.
enum PipeWriter {
    /// Nobody: whoever appends the next message has to find somebody.
    case nobody
    /// The I/O thread has been told, and has not come yet. A sender may write meanwhile.
    case told
    /// The I/O thread leaves the writing to the sender and looks again in a moment, see ``Rest``.
    case resting
    /// The I/O thread, and nobody else may.
    case writing
}
