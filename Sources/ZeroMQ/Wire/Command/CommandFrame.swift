/// Where a command frame stands in the input.
enum CommandFrame {
    /// It is not all there; it needs this many bytes, header included.
    case needMore(Int)
    /// Its announced body is larger than the limit.
    case tooLarge
    /// Its body, and its size with the header.
    case whole(body: UnsafeRawBufferPointer, size: Int)

    /// Looks at the command frame at the front of `input` whose header is `header`.
    static func locate(
        _ header: FrameHeader, in input: UnsafeRawBufferPointer, bodyLimit: UInt64
    ) -> CommandFrame {
        guard header.length <= bodyLimit, let length = Int(exactly: header.length),
            length <= Int.max - FrameHeader.longSize
        else { return .tooLarge }
        let size = header.headerSize + length
        guard size <= input.count else { return .needMore(size) }
        let body = UnsafeRawBufferPointer(rebasing: input[header.headerSize..<size])
        return .whole(body: body, size: size)
    }
}
