/// The next command of a handshake in the input.
enum HandshakeInput {
    /// It is not all there; it needs this many bytes, header included.
    case needMore(Int)
    /// The command, and the size of its frame.
    case command(CommandBody, size: Int)

    /// Only commands within the limit may come before the handshake is over.
    static func locate(
        _ input: UnsafeRawBufferPointer, _ configuration: SessionConfiguration
    ) throws(WireError) -> HandshakeInput {
        guard let first = input.first else { return .needMore(FrameHeader.shortSize) }
        let flags = FrameFlags(rawValue: first)
        let strictness = configuration.strictness
        if strictness.rejectsReservedFlags, !flags.isDisjoint(with: .reserved) {
            throw .reservedFlags(first)
        }
        if flags.contains(.command) {
            guard !flags.contains(.more) else { throw .commandWithMore }
        } else if strictness.requiresCommandFlag || flags.contains(.more) {
            throw .messageBeforeHandshake
        }
        guard let header = FrameHeader.decode(input) else {
            return .needMore(
                flags.contains(.long) ? FrameHeader.longSize : FrameHeader.shortSize)
        }
        let limit = UInt64(clamping: configuration.limits.maxHandshakeCommandSize)
        switch CommandFrame.locate(header, in: input, bodyLimit: limit) {
        case .needMore(let count): return .needMore(count)
        case .tooLarge: throw .commandTooLarge(announced: header.length)
        case .whole(let body, let size): return .command(try CommandBody(body), size: size)
        }
    }
}
