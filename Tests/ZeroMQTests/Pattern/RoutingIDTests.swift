import Testing

@testable import ZeroMQ

@Suite struct RoutingIDTests {
    @Test(arguments: [1, 4, 5, 7, 8, 9, 14, 15, 16, 17, 31, 254, 255])
    func I1_holdsItsBytes(_ count: Int) throws {
        let bytes = (0..<count).map { UInt8($0 % 255 + 1) }
        let id = try RoutingID(bytes)
        #expect(id.bytes == bytes && id.count == count)
        #expect(!id.isGenerated)
        let received = bytes.withUnsafeBytes { RoutingID(received: $0) }
        #expect(received == id)
        #expect(received?.hashValue == id.hashValue)
        var other = bytes
        other[count - 1] ^= 0x80
        let different = other.withUnsafeBytes { RoutingID(received: $0) }
        #expect(different != id)
    }

    @Test func idsOfDifferentLengthDifferAlthoughOnlyZeroesAreAdded() {
        var ids: Set<RoutingID> = []
        for count in 1...40 {
            let bytes = [1] + [UInt8](repeating: 0, count: count - 1)
            if let id = bytes.withUnsafeBytes({ RoutingID(received: $0) }) { ids.insert(id) }
        }
        #expect(ids.count == 40)
    }

    @Test func I1_refusesWhatAnApplicationMustNotSet() throws {
        #expect(throws: RoutingIDError(reason: .empty)) { try RoutingID([]) }
        #expect(throws: RoutingIDError(reason: .empty)) { try RoutingID("") }
        #expect(throws: RoutingIDError(reason: .reservedFirstByte)) { try RoutingID([0, 1]) }
        #expect(throws: RoutingIDError(reason: .tooLong(256))) {
            try RoutingID([UInt8](repeating: 1, count: 256))
        }
        #expect(try RoutingID([1, 0]).bytes == [1, 0])
        let none: [UInt8] = []
        #expect(none.withUnsafeBytes { RoutingID(received: $0) } == nil)
        let long = [UInt8](repeating: 7, count: 256)
        #expect(long.withUnsafeBytes { RoutingID(received: $0) } == nil)
    }

    @Test func I2_generatedIdIsZeroAndABigEndianCounter() {
        let id = RoutingID(generated: 0x0102_0304)
        #expect(id.bytes == [0, 1, 2, 3, 4])
        #expect(id.count == 5 && id.isGenerated)
        #expect([0, 1, 2, 3, 4].withUnsafeBytes { RoutingID(received: $0) } != id)
        #expect(([0, 1, 2, 3, 4] as [UInt8]).withUnsafeBytes { RoutingID(received: $0) } == id)
    }

    @Test func describesItselfAsTextOrHex() throws {
        #expect(try RoutingID("worker-7").description == "worker-7")
        #expect(try RoutingID([1, 0xAB]).description == "0x01ab")
        #expect(RoutingID(generated: 1).description == "0x0000000001")
    }

    @Test func isSmall() {
        #expect(MemoryLayout<RoutingID>.size == 24)
    }
}
