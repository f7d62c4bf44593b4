/// A command of ZMTP 3.1 (RFC 37), without its frame.
enum Command: Hashable, Sendable {
    /// Ends the NULL handshake, with what the peer says of itself.
    case ready([MetadataProperty])
    /// Final refusal, with at most 255 bytes of text.
    case error(reason: [UInt8])
    /// Asks for a PONG; the sender may be closed after `ttl` tenths of a second of silence, 0 for
    /// never.
    case ping(ttl: UInt16, context: [UInt8])
    /// Answers a PING with its context.
    case pong(context: [UInt8])
    case subscribe(topic: [UInt8])
    case cancel(topic: [UInt8])
    /// Any other well-formed command; its data is not looked at.
    case unknown(name: [UInt8])

    /// The command as one whole frame, header included.
    func frame() -> [UInt8] {
        var body: [UInt8] = []
        appendBody(to: &body)
        var frame: [UInt8] = []
        frame.reserveCapacity(FrameHeader.longSize + body.count)
        FrameHeader.append(flags: .command, length: body.count, to: &frame)
        frame.append(contentsOf: body)
        return frame
    }

    /// Appends name and data, without a frame header; fields too long for their form are cut.
    func appendBody(to output: inout [UInt8]) {
        switch self {
        case .ready(let properties):
            Command.append(.ready, to: &output)
            Metadata.append(properties, to: &output)
        case .error(let reason):
            Command.append(.error, to: &output)
            output.append(UInt8(clamping: reason.count))
            output.append(contentsOf: reason.prefix(255))
        case .ping(let ttl, let context):
            Command.append(.ping, to: &output)
            output.append(UInt8(truncatingIfNeeded: ttl >> 8))
            output.append(UInt8(truncatingIfNeeded: ttl))
            output.append(contentsOf: context.prefix(WireLimits.maxPingContextSize))
        case .pong(let context):
            Command.append(.pong, to: &output)
            output.append(contentsOf: context.prefix(WireLimits.maxPingContextSize))
        case .subscribe(let topic):
            Command.append(.subscribe, to: &output)
            output.append(contentsOf: topic)
        case .cancel(let topic):
            Command.append(.cancel, to: &output)
            output.append(contentsOf: topic)
        case .unknown(let name):
            output.append(UInt8(clamping: name.count))
            output.append(contentsOf: name.prefix(255))
        }
    }

    /// Appends a name behind its length.
    static func append(_ name: CommandName, to output: inout [UInt8]) {
        let bytes = name.rawValue.utf8
        output.append(UInt8(truncatingIfNeeded: bytes.count))
        output.append(contentsOf: bytes)
    }
}
