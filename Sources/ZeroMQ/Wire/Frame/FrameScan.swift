/// How far a scan got and what stands there.
struct FrameScan: Hashable, Sendable {
    enum Stop: Hashable, Sendable {
        /// A frame that is not all there; it needs this many bytes, header included.
        case needMore(Int)
        /// The header of a command.
        case command(FrameHeader)
        /// The header of a frame that is not all there and too large to wait for.
        case large(FrameHeader)
        /// A frame that may not be.
        case violation(WireError)
    }

    /// Bytes of whole frames in front of the stop.
    var consumed: Int
    /// Messages those frames complete.
    var messages: Int
    var stop: Stop
}
