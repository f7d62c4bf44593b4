/// What became of an attempt to send.
@usableFromInline
enum SendOutcome {
    case sent
    /// Sent; who may wait lets the writer catch up, see ``Pace``.
    case sentFarAhead
    /// Accepted and thrown away, counted under a reason.
    case dropped
    /// No peer can take it now.
    case wouldBlock

    @inline(__always)
    var isSent: Bool { self == .sent || self == .sentFarAhead }

    /// Whether there is nothing left to do for whoever may wait.
    @usableFromInline
    var isSettled: Bool { self == .sent || self == .dropped }
}

/// Decides which peers a message goes to. Every method is called with the lock of the side held.
///
/// A strategy is one small class for each way of distributing: round robin, fan-out, by routing id,
/// back to the last requester.
protocol SendStrategy: AnyObject {
    func send(
        _ bytes: UnsafeRawBufferPointer, through side: SendSide
    ) throws(ZeroMQError) -> SendOutcome
    func send(_ message: Message, through side: SendSide) throws(ZeroMQError) -> SendOutcome
    func attached(_ pipe: OutboundPipe, to side: SendSide)
    func detached(_ pipe: OutboundPipe, from side: SendSide)
    /// The queue the next message goes to, where that is known before the message is.
    func nextPipe(of side: SendSide) -> Unmanaged<OutboundPipe>?
    /// Whether each message goes to one peer.
    var sendsToOne: Bool { get }
    /// A pipe that was full has half drained.
    func hasRoom(_ pipe: OutboundPipe)
    /// A pipe that had room is full, because its high-water mark was lowered.
    func isFull(_ pipe: OutboundPipe)
}

extension SendStrategy {
    var sendsToOne: Bool { true }
    func nextPipe(of side: SendSide) -> Unmanaged<OutboundPipe>? { nil }
    func isFull(_ pipe: OutboundPipe) {}
}
