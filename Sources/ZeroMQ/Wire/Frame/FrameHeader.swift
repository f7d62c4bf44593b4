/// The two or nine bytes in front of every frame body.
struct FrameHeader: Hashable, Sendable {
    var flags: FrameFlags
    /// Bytes of the body as announced; not yet checked against any limit.
    var length: UInt64

    /// Bytes of the header in the form it came in: 2, or 9 with the `long` flag.
    @inline(__always)
    var headerSize: Int {
        flags.contains(.long) ? FrameHeader.longSize : FrameHeader.shortSize
    }

    static let shortSize = 2
    static let longSize = 9
    /// The longest body the short form can announce.
    static let maxShortLength = 255

    /// Reads a header; `nil` if the input does not hold all of it yet.
    @inline(__always)
    static func decode(_ input: UnsafeRawBufferPointer) -> FrameHeader? {
        guard let base = input.baseAddress else { return nil }
        return decode(base, input.count)
    }

    /// Reads a header from `count` readable bytes; `nil` if they do not hold all of it yet.
    @inline(__always)
    static func decode(_ base: UnsafeRawPointer, _ count: Int) -> FrameHeader? {
        guard count >= shortSize else { return nil }
        let flags = FrameFlags(rawValue: base.load(as: UInt8.self))
        guard flags.contains(.long) else {
            let length = base.load(fromByteOffset: 1, as: UInt8.self)
            return FrameHeader(flags: flags, length: UInt64(length))
        }
        guard count >= longSize else { return nil }
        let length = base.loadUnaligned(fromByteOffset: 1, as: UInt64.self)
        return FrameHeader(flags: flags, length: UInt64(bigEndian: length))
    }

    /// The header's size on the wire for a body of `length` bytes.
    @inline(__always)
    static func encodedSize(length: Int) -> Int {
        length <= maxShortLength ? shortSize : longSize
    }

    /// Writes the header for a body of `length` bytes and returns the bytes written, 2 or 9.
    ///
    /// The `long` flag is decided here; `target` needs room for `longSize` bytes.
    @inline(__always)
    static func write(
        flags: FrameFlags, length: Int, to target: UnsafeMutableRawPointer
    ) -> Int {
        if length <= maxShortLength {
            target.storeBytes(of: flags.rawValue, as: UInt8.self)
            target.storeBytes(
                of: UInt8(truncatingIfNeeded: length), toByteOffset: 1, as: UInt8.self)
            return shortSize
        }
        let size = UInt64(truncatingIfNeeded: length).bigEndian
        target.storeBytes(of: flags.union(.long).rawValue, as: UInt8.self)
        target.storeBytes(of: size, toByteOffset: 1, as: UInt64.self)
        return longSize
    }

    /// Appends the header for a body of `length` bytes to `output`.
    static func append(flags: FrameFlags, length: Int, to output: inout [UInt8]) {
        if length <= maxShortLength {
            output.append(flags.rawValue)
            output.append(UInt8(truncatingIfNeeded: length))
            return
        }
        output.append(flags.union(.long).rawValue)
        let size = UInt64(truncatingIfNeeded: length)
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            output.append(UInt8(truncatingIfNeeded: size &>> shift))
        }
    }
}
