/// In what way bytes from a peer break the protocol.
enum WireError: Error, Hashable, Sendable {
    // Frames
    /// One of the flag bits 3 to 7 is set.
    case reservedFlags(UInt8)
    /// A message frame larger than the limit.
    case frameTooLarge(announced: UInt64)
    /// COMMAND and MORE together.
    case commandWithMore
    /// A message of more frames than the limit.
    case tooManyFrames
    /// The frames of one message are together larger than the limit.
    case messageTooLarge
    /// A message frame before the handshake is over.
    case messageBeforeHandshake

    // Commands
    /// A command larger than the limit.
    case commandTooLarge(announced: UInt64)
    /// A command without a name, or with a name longer than its frame.
    case malformedCommandName
    /// A command whose data does not have the form its name asks for.
    case malformedCommand(CommandName)
    /// A command that has no place in this state of the connection.
    case unexpectedCommand(name: [UInt8])
    /// A subscription topic longer than the limit.
    case topicTooLong
    /// More useless frames and commands than the limit.
    case tooManyRefusals

    // Metadata
    /// A name or value that runs past the end, or bytes left over.
    case truncatedMetadata
    /// More properties, or a longer name or value, than the limits.
    case metadataTooLarge
    /// An empty name, or one with other characters than letters, digits and `-_.+`.
    case invalidPropertyName
    /// The same name twice, letter case ignored.
    case duplicateProperty
    /// `Socket-Type` is missing.
    case missingSocketType
    /// A routing id longer than 255 bytes or beginning with a zero byte.
    case invalidRoutingID
}
