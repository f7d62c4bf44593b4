/// Input that was well formed but of no use, was dropped, and is to be counted.
enum RefusedFrame: Hashable, Sendable {
    /// A message to a socket that receives none; reported once, at its last frame.
    case message
    /// SUBSCRIBE or CANCEL to a socket that publishes nothing.
    case subscription
    /// A command of a name unknown here.
    case unknownCommand
    /// A PONG to a PING that was never sent.
    case unaskedPong
}
