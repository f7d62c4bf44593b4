/// The first byte of a frame (ZMTP 2.0 to 3.1).
struct FrameFlags: OptionSet, Hashable, Sendable {
    var rawValue: UInt8

    @inline(__always)
    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// More frames of the same message follow.
    static let more = FrameFlags(rawValue: 1)
    /// The size takes eight bytes instead of one.
    static let long = FrameFlags(rawValue: 2)
    /// The body is a command.
    static let command = FrameFlags(rawValue: 4)
    /// Bits 3 to 7, zero in every known version.
    static let reserved = FrameFlags(rawValue: 0xF8)
}
