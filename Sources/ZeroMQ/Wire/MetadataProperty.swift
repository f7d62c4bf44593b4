/// One name and value of a handshake's metadata.
struct MetadataProperty: Hashable, Sendable {
    /// Kept as it was written; compare with `isNamed(_:)`, which ignores letter case.
    let name: String
    /// Any bytes; nothing says that they are text.
    let value: [UInt8]

    /// A property; `nil` if the name is not valid or the value longer than 2^31 - 1 bytes.
    init?(name: String, value: [UInt8]) {
        guard MetadataProperty.isValidName(name.utf8), value.count <= Int(Int32.max) else {
            return nil
        }
        self.name = name
        self.value = value
    }

    /// For names known to be valid.
    init(reserved name: StaticString, value: [UInt8]) {
        self.name = name.description
        self.value = value
    }

    /// Whether a name has 1 to 255 bytes, all of them letters, digits or `-_.+`.
    static func isValidName(_ name: some Collection<UInt8>) -> Bool {
        !name.isEmpty && name.count <= 255 && name.allSatisfy(isNameByte)
    }

    /// Whether the name belongs to applications: valid and beginning with `X-`, in either case.
    static func isApplicationName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        return isValidName(bytes) && bytes.count > 2 && lowercased(bytes[0]) == UInt8(ascii: "x")
            && bytes[1] == UInt8(ascii: "-")
    }

    /// Whether the property has that name, letter case ignored.
    func isNamed(_ other: String) -> Bool {
        let mine = name.utf8
        let theirs = other.utf8
        return mine.count == theirs.count
            && zip(mine, theirs).allSatisfy {
                MetadataProperty.lowercased($0) == MetadataProperty.lowercased($1)
            }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."), UInt8(ascii: "+"):
            true
        default: false
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
