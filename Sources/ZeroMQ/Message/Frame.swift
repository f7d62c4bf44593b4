/// One frame of a message: an immutable run of bytes.
///
/// Bodies of up to 64 bytes live inside the value and cost no allocation; larger ones share
/// reference-counted memory, so that copying a frame never copies its bytes. A frame stays valid
/// for as long as it is held, whatever becomes of the socket it came from. A received body of 4 KiB
/// or more may hold up to 64 KiB of memory, that of its neighbours on the wire: whoever keeps many
/// of them for long copies what is to be kept.
public struct Frame: Sendable {
    // Unsafe for the compiler only: memory is written before it is shared, and never after.
    /// The bytes, or with an owner their address.
    @usableFromInline
    var small = InlineBytes()
    /// What keeps the bytes alive where they do not lie in the frame itself.
    @usableFromInline
    nonisolated(unsafe) var owner: AnyObject?
    @usableFromInline
    var length: Int

    /// The number of bytes.
    @inlinable public var count: Int { length }

    /// Becomes a frame with a copy of `bytes`, in place: a frame is a large value to move about.
    @inline(__always)
    mutating func assign(copying bytes: UnsafeRawBufferPointer) {
        if bytes.count <= InlineBytes.capacity {
            if owner != nil { owner = nil }
            small.assign(bytes)
            length = bytes.count
        } else {
            let block = FrameStorage.make(copying: bytes)
            assign(sharing: block, block.bytes)
        }
    }

    /// Becomes a frame of the first `count` bytes of `bytes`.
    @inline(__always)
    mutating func assign(inline bytes: InlineBytes, count: Int) {
        if owner != nil { owner = nil }
        small = bytes
        setLength(count)
    }

    /// Sets the length of a frame without an owner, and the owner's nothing along with it.
    ///
    /// Whoever moves the frame loads the two at once, and such a load has to wait when they were
    /// stored one by one: measured, 5 ns a message.
    @inline(__always)
    private mutating func setLength(_ count: Int) {
        let pair = SIMD2<UInt>(0, UInt(bitPattern: count))
        Swift.withUnsafeMutableBytes(of: &self) {
            $0.storeBytes(of: pair, toByteOffset: Self.ownerOffset, as: SIMD2<UInt>.self)
        }
    }

    /// Where owner and length lie, one behind the other.
    static var ownerOffset: Int { MemoryLayout<InlineBytes>.size }

    /// Becomes a frame of `bytes`, which `owner` keeps alive.
    @inline(__always)
    mutating func assign(sharing owner: AnyObject, _ bytes: UnsafeRawBufferPointer) {
        self.owner = owner
        small.address = bytes.baseAddress
        length = bytes.count
    }

    /// Whether there are no bytes.
    @inlinable public var isEmpty: Bool { count == 0 }

    /// Calls `body` with the bytes, which are valid for the duration of the call only.
    @inlinable @inline(__always)
    public func withUnsafeBytes<R, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        // The owner is not bound to a name: that would be a retain, 10 ns.
        guard owner != nil else { return try small.withUnsafeBytes(count: length, body) }
        defer { extendLifetime(self) }
        return try body(UnsafeRawBufferPointer(start: small.address, count: length))
    }

    /// Calls `body` with a bounds-checked view of the bytes.
    @inlinable
    public func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        try withUnsafeBytes { bytes throws(E) -> R in try body(bytes.bytes) }
    }

    /// A copy of the bytes as an array.
    public var array: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    /// The bytes as text, or nil when they are not valid UTF-8.
    public var string: String? {
        withUnsafeBytes { String(validating: $0, as: UTF8.self) }
    }

    /// The memory behind the frame where it can be shared: its owner and the bytes.
    @inline(__always)
    var shared: (owner: AnyObject, bytes: UnsafeRawBufferPointer)? {
        guard let owner else { return nil }
        return (owner, UnsafeRawBufferPointer(start: small.address, count: length))
    }
}

// Initialisers stand in an extension and go through the memberwise one, here and in Message: a
// value this large that an initialiser of its own puts together is copied, retains included, at its
// end.
extension Frame {
    /// An empty frame.
    @inline(__always)
    public init() {
        self.init(small: InlineBytes(), owner: nil, length: 0)
    }

    /// Copies `bytes`.
    @inline(__always)
    public init(copying bytes: UnsafeRawBufferPointer) {
        if bytes.count <= InlineBytes.capacity {
            self.init(small: InlineBytes(copying: bytes), owner: nil, length: bytes.count)
        } else {
            let block = FrameStorage.make(copying: bytes)
            self.init(sharing: block, block.bytes)
        }
    }

    /// A frame of `bytes`, which `owner` keeps alive; few bytes are copied instead.
    init(sharing owner: AnyObject, _ bytes: UnsafeRawBufferPointer) {
        if bytes.count <= InlineBytes.capacity {
            self.init(copying: bytes)
        } else {
            self.init(
                small: InlineBytes(address: bytes.baseAddress), owner: owner, length: bytes.count)
        }
    }

    /// Copies the bytes of an array.
    public init(_ bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { Frame(copying: $0) }
    }

    /// The UTF-8 bytes of `text`.
    public init(_ text: String) {
        var text = text
        self = text.withUTF8 { Frame(copying: UnsafeRawBufferPointer($0)) }
    }
}

extension Frame: Hashable {
    public static func == (left: Frame, right: Frame) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { a in right.withUnsafeBytes { b in a.elementsEqual(b) } }
    }

    public func hash(into hasher: inout Hasher) {
        withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension Frame: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    public init(stringLiteral text: String) {
        self.init(text)
    }

    public init(arrayLiteral bytes: UInt8...) {
        self.init(bytes)
    }
}

extension Frame: CustomStringConvertible {
    /// The text if it is short and printable, otherwise the number of bytes.
    public var description: String {
        guard count <= 80, let string, string.unicodeScalars.allSatisfy({ $0.value >= 32 }) else {
            return "<\(count) bytes>"
        }
        return "\"\(string)\""
    }
}
