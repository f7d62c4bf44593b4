/// The twenty bytes of a greeting that name the security mechanism, padded with zero bytes.
struct MechanismName: Hashable, Sendable, CustomStringConvertible {
    /// Always `size` bytes; two names are the same only if all of them are.
    let bytes: [UInt8]

    static let size = 20

    /// The name with its padding; what exceeds twenty bytes is cut off.
    init(_ name: String) {
        var bytes = Array(name.utf8.prefix(MechanismName.size))
        bytes.append(contentsOf: repeatElement(0, count: MechanismName.size - bytes.count))
        self.bytes = bytes
    }

    /// Takes the twenty bytes at `base`, whatever they are.
    init(at base: UnsafeRawPointer) {
        bytes = Array(UnsafeRawBufferPointer(start: base, count: MechanismName.size))
    }

    static let null = MechanismName("NULL")
    static let plain = MechanismName("PLAIN")
    static let curve = MechanismName("CURVE")

    /// The name without its padding; bytes that are not printable ASCII are escaped.
    var description: String {
        let end = bytes.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        return EscapedText.make(bytes[..<end])
    }
}
