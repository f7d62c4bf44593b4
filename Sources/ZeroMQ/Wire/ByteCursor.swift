/// Reads fields off the front of bytes from a peer; never past their end.
///
/// Valid only as long as the memory it was made over.
struct ByteCursor {
    private(set) var rest: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) {
        rest = bytes
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The next `count` bytes; `nil`, and nothing taken, if there are fewer.
    mutating func take(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= rest.count else { return nil }
        let field = UnsafeRawBufferPointer(rebasing: rest[..<count])
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        return field
    }

    mutating func takeUInt8() -> UInt8? {
        take(1)?.first
    }

    /// Two bytes, most significant first.
    mutating func takeUInt16() -> UInt16? {
        take(2)?.reduce(0) { $0 << 8 | UInt16($1) }
    }

    /// Four bytes, most significant first.
    mutating func takeUInt32() -> UInt32? {
        take(4)?.reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// A field behind its own one-byte length.
    mutating func takeShortField() -> UnsafeRawBufferPointer? {
        guard let count = takeUInt8() else { return nil }
        return take(Int(count))
    }
}
