/// Sixty-four bytes inside a value, so that small messages need no memory of their own; or the
/// address of more.
@usableFromInline
struct InlineBytes: Sendable {
    @inlinable static var capacity: Int { 64 }

    @usableFromInline
    var storage: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0, 0, 0, 0, 0, 0, 0, 0
    )

    @inlinable
    init() {}

    /// Copies at most ``capacity`` bytes.
    @inlinable
    init(copying bytes: UnsafeRawBufferPointer) {
        self.init()
        assign(bytes)
    }

    /// Holds an address instead of bytes.
    @inline(__always)
    init(address: UnsafeRawPointer?) {
        self.address = address
    }

    /// The address that is held instead of bytes.
    @inlinable
    var address: UnsafeRawPointer? {
        get { UnsafeRawPointer(bitPattern: UInt(truncatingIfNeeded: storage.0)) }
        set { storage.0 = UInt64(UInt(bitPattern: newValue)) }
    }

    /// Overwrites the beginning with at most ``capacity`` bytes.
    @inlinable @inline(__always)
    mutating func assign(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        let count = min(bytes.count, Self.capacity)
        Swift.withUnsafeMutableBytes(of: &storage) {
            $0.baseAddress.unsafelyUnwrapped.copyMemory(from: source, byteCount: count)
        }
    }

    @inlinable @inline(__always)
    func withUnsafeBytes<R, E: Error>(
        count: Int, _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try Swift.withUnsafeBytes(of: storage) { bytes throws(E) -> R in
            try body(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
        }
    }
}
