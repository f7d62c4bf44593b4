/// The list of properties that ends READY and INITIATE (RFC 23, 37).
///
/// Each property is a one-byte name length, the name, a four-byte value length and the value.
enum Metadata {
    static let socketType: StaticString = "Socket-Type"
    static let identity: StaticString = "Identity"

    /// Names that a peer cannot set for itself: what is behind them comes from this side.
    private static let reservedNames = [
        "Socket-Type", "Identity", "Routing-Id", "User-Id", "Peer-Address", "__fd",
    ]

    /// Whether a property of this name is withheld from the application.
    static func isReserved(_ property: MetadataProperty) -> Bool {
        reservedNames.contains { property.isNamed($0) }
    }

    /// Reads all of `data`; throws if it is malformed, beyond the limits, or has a name twice.
    static func parse(
        _ data: UnsafeRawBufferPointer, limits: WireLimits
    ) throws(WireError) -> [MetadataProperty] {
        var cursor = ByteCursor(data)
        var properties: [MetadataProperty] = []
        var names: Set<String> = []
        while !cursor.isAtEnd {
            guard properties.count < limits.maxProperties else { throw .metadataTooLarge }
            let property = try parseProperty(&cursor, limits: limits)
            guard names.insert(property.name.lowercased()).inserted else {
                throw .duplicateProperty
            }
            properties.append(property)
        }
        return properties
    }

    private static func parseProperty(
        _ cursor: inout ByteCursor, limits: WireLimits
    ) throws(WireError) -> MetadataProperty {
        guard let name = cursor.takeShortField() else { throw .truncatedMetadata }
        guard MetadataProperty.isValidName(name) else { throw .invalidPropertyName }
        guard name.count <= limits.maxPropertyNameSize else { throw .metadataTooLarge }
        guard let length = cursor.takeUInt32() else { throw .truncatedMetadata }
        guard UInt64(length) <= UInt64(clamping: limits.maxPropertyValueSize),
            length <= UInt32(Int32.max), let count = Int(exactly: length)
        else { throw .metadataTooLarge }
        guard let value = cursor.take(count) else { throw .truncatedMetadata }
        let text = String(decoding: name, as: UTF8.self)
        guard let property = MetadataProperty(name: text, value: Array(value)) else {
            throw .invalidPropertyName
        }
        return property
    }

    /// Appends the properties in their wire form.
    static func append(_ properties: [MetadataProperty], to output: inout [UInt8]) {
        for property in properties {
            output.append(UInt8(truncatingIfNeeded: property.name.utf8.count))
            output.append(contentsOf: property.name.utf8)
            let size = UInt32(truncatingIfNeeded: property.value.count)
            for shift in stride(from: UInt32(24), through: 0, by: -8) {
                output.append(UInt8(truncatingIfNeeded: size &>> shift))
            }
            output.append(contentsOf: property.value)
        }
    }
}
