extension WireError: CustomStringConvertible {
    /// The error in words, for events and logs; what a peer wrote is escaped.
    var description: String {
        switch self {
        case .reservedFlags(let flags): "reserved bits in the frame flags \(flags)"
        case .frameTooLarge(let size): "a frame of \(size) bytes is over the limit"
        case .commandWithMore: "a command says that more frames follow"
        case .tooManyFrames: "a message of more frames than the limit"
        case .messageTooLarge: "a message is over the limit"
        case .messageBeforeHandshake: "a message before the end of the handshake"
        case .commandTooLarge(let size): "a command of \(size) bytes is over the limit"
        case .malformedCommandName: "a command without a proper name"
        case .malformedCommand(let name): "malformed \(name.rawValue)"
        case .unexpectedCommand(let name):
            "\(EscapedText.make(name, limit: 40)) is out of place"
        case .topicTooLong: "a topic is over the limit"
        case .tooManyRefusals: "more useless frames and commands than the limit"
        case .truncatedMetadata: "metadata that does not fit its frame"
        case .metadataTooLarge: "metadata is over the limit"
        case .invalidPropertyName: "a malformed property name"
        case .duplicateProperty: "a property given twice"
        case .missingSocketType: "the socket type is missing"
        case .invalidRoutingID: "a malformed routing id"
        }
    }
}
