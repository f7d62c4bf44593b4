/// What a mechanism makes of one command of its handshake.
enum HandshakeStep: Hashable, Sendable {
    /// Write this frame, if it is not empty, and wait for the next command.
    case proceed(send: [UInt8])
    /// Over; the peer's metadata, and a frame to write if the metadata is accepted.
    case finished([MetadataProperty], send: [UInt8])
    /// The peer sent ERROR.
    case refused(reason: [UInt8])
    /// The peer's metadata is malformed.
    case invalidMetadata(WireError)
    /// A command that is malformed or out of order.
    case violation(WireError)
}
