/// What the driver has to do after a step.
enum SessionAction: Hashable, Sendable {
    /// Nothing; call again with the rest of the input.
    case none
    /// Nothing can be done before more input is there; nothing was consumed.
    case needMore
    /// Write these bytes, whole, between two messages.
    case send([UInt8])
    /// The handshake is over; write these bytes, if any. Messages may follow in the same input.
    case established(PeerDescription, send: [UInt8])
    /// The consumed bytes are whole well-formed message frames with their headers, in order.
    ///
    /// They complete `messages` messages; `endsMessage` says that the last frame ends one.
    case frames(messages: Int, endsMessage: Bool)
    /// The consumed bytes are whole message frames, or none, and then the header of a large one.
    ///
    /// Its body of `length` bytes follows: the driver collects it, growing with what arrives, and
    /// calls `finishLargeBody()` before the next step. `more` is the large frame's own flag;
    /// `messages` were completed before it. The length is within the limits.
    case largeBody(length: Int, more: Bool, messages: Int)
    /// The peer wants messages that begin with these bytes.
    case subscribe(topic: [UInt8])
    /// The peer takes back one earlier subscription.
    case cancel(topic: [UInt8])
    /// Something was dropped; count it.
    case refusedFrame(RefusedFrame)
    /// Send the failure's reply, if any, and close.
    case fail(SessionFailure)
}
