import Testing

@testable import ZeroMQ

struct MetadataTests {
    private func parse(
        _ data: [UInt8], _ change: (inout WireLimits) -> Void = { _ in }
    ) throws -> [MetadataProperty] {
        var limits = WireLimits()
        change(&limits)
        return try withBytes(data) { try Metadata.parse($0, limits: limits) }
    }

    @Test func N1_propertiesGoOutAndComeBack() throws {
        let properties = [
            MetadataProperty(reserved: "Socket-Type", value: Array("PUB".utf8)),
            MetadataProperty(reserved: "Identity", value: []),
            MetadataProperty(reserved: "X-z.+_-9", value: [0, 255, 10]),
        ]
        var bytes: [UInt8] = []
        Metadata.append(properties, to: &bytes)
        let expected =
            WireBytes.property("Socket-Type", "PUB") + WireBytes.property("Identity", "")
            + WireBytes.property("X-z.+_-9", [0, 255, 10])
        #expect(bytes == expected)
        #expect(try parse(bytes) == properties)
        #expect(try parse([]) == [])
    }

    @Test(
        arguments: [
            ([1], .truncatedMetadata), ([1, 97], .truncatedMetadata),
            ([1, 97, 0, 0], .truncatedMetadata), ([1, 97, 0, 0, 0], .truncatedMetadata),
            ([1, 97, 0, 0, 0, 1], .truncatedMetadata), ([2, 97], .truncatedMetadata),
            ([1, 97, 0, 0, 0, 0, 5], .truncatedMetadata), ([0], .invalidPropertyName),
            ([0, 0, 0, 0, 0], .invalidPropertyName), ([1, 32, 0, 0, 0, 0], .invalidPropertyName),
            ([2, 97, 0, 0, 0, 0, 0], .invalidPropertyName),
            ([2, 0xC3, 0xA4, 0, 0, 0, 0], .invalidPropertyName),
            ([1, 97, 0, 0, 0xFF, 0xFF], .metadataTooLarge),
            ([1, 97, 0x80, 0, 0, 0], .metadataTooLarge),
            ([1, 97, 0xFF, 0xFF, 0xFF, 0xFF], .metadataTooLarge),
        ] as [([UInt8], WireError)])
    func N4_malformedListsAreRefused(row: ([UInt8], WireError)) {
        #expect(throws: row.1) { try parse(row.0) }
    }

    @Test func BI_M9_valueLengthWithNothingLeft() {
        #expect(throws: WireError.truncatedMetadata) {
            try parse([1, 0x61, 0, 0, 0xFF, 0xFF]) { $0.maxPropertyValueSize = .max }
        }
    }

    @Test func BI_M10_valueLengthAboveTheSignedRange() {
        for length: [UInt8] in [[0x80, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF]] {
            #expect(throws: WireError.metadataTooLarge) {
                try parse([1, 0x61] + length) { $0.maxPropertyValueSize = .max }
            }
        }
        #expect(throws: WireError.truncatedMetadata) {
            try parse([1, 0x61, 0x7F, 0xFF, 0xFF, 0xFF]) { $0.maxPropertyValueSize = .max }
        }
    }

    @Test func BI_M4_namesMayComeOnceWhateverTheirCase() {
        let data = WireBytes.property("X-a", "1") + WireBytes.property("x-A", "2")
        #expect(throws: WireError.duplicateProperty) { try parse(data) }
    }

    @Test func N3_namesCompareWithoutCase() {
        let property = MetadataProperty(reserved: "sOcKeT-tYpE", value: [])
        #expect(property.isNamed("Socket-Type"))
        #expect(!property.isNamed("Socket-Typ"))
        #expect(!property.isNamed("Socket_Type"))
        // 0x5B and 0x7B differ in the bit that letter case uses, and are no letters.
        #expect(!MetadataProperty(reserved: "a[", value: []).isNamed("a{"))
    }

    @Test func limit_propertyCount() throws {
        let list = (0..<64).flatMap { WireBytes.property("n\($0)", "") }
        #expect(try parse(list).count == 64)
        #expect(throws: WireError.metadataTooLarge) {
            try parse(list + WireBytes.property("n64", ""))
        }
    }

    @Test func limit_valueSize() throws {
        let value = [UInt8](repeating: 1, count: 32 << 10)
        #expect(try parse(WireBytes.property("a", value)).count == 1)
        #expect(throws: WireError.metadataTooLarge) {
            try parse(WireBytes.property("a", value + [1]))
        }
    }

    @Test func limit_nameSize() throws {
        let name = String(repeating: "a", count: 255)
        #expect(try parse(WireBytes.property(name, "")).first?.name == name)
        let ten = WireBytes.property(String(repeating: "a", count: 10), "")
        _ = try parse(ten) { $0.maxPropertyNameSize = 10 }
        #expect(throws: WireError.metadataTooLarge) {
            try parse(ten) { $0.maxPropertyNameSize = 9 }
        }
    }

    @Test func ownPropertiesAreChecked() {
        #expect(MetadataProperty(name: "X-ok", value: []) != nil)
        #expect(MetadataProperty(name: "", value: []) == nil)
        #expect(MetadataProperty(name: "a b", value: []) == nil)
        #expect(MetadataProperty(name: "ä", value: []) == nil)
        #expect(MetadataProperty(name: String(repeating: "a", count: 256), value: []) == nil)
    }

    @Test func N7_applicationNamesBeginWithX() {
        for name in ["X-a", "x-a", "X-_.+9"] { #expect(MetadataProperty.isApplicationName(name)) }
        for name in ["X-", "X", "", "Y-a", "Xa", "X- ", "Identity"] {
            #expect(!MetadataProperty.isApplicationName(name), "\(name)")
        }
    }

    @Test func BI_M17_reservedNamesInAnyCase() {
        for name: StaticString in ["user-id", "PEER-ADDRESS", "__FD", "identity", "Routing-id"] {
            #expect(Metadata.isReserved(MetadataProperty(reserved: name, value: [])))
        }
        #expect(!Metadata.isReserved(MetadataProperty(reserved: "Resource", value: [])))
    }

    @Test func BI_M16_textFromPeersIsEscaped() {
        #expect(EscapedText.make(Array("a b~".utf8)) == "a b~")
        #expect(
            EscapedText.make([0, 10, 27, 92, 127, 0xC3, 255])
                == "\\x00\\x0a\\x1b\\x5c\\x7f\\xc3\\xff")
        #expect(EscapedText.make([UInt8](repeating: 65, count: 300), limit: 3) == "AAA...")
    }
}
