import Testing

@testable import ZeroMQ

struct GreetingTests {
    private func parse(_ bytes: [UInt8]) throws -> Greeting? {
        try withBytes(bytes) { try Greeting.parse($0) }
    }

    @Test func G1_oursIsExactlySixtyFourBytes() {
        let bytes = Greeting.encode(mechanism: .null, routingIDSize: 0)
        #expect(bytes == WireBytes.greeting())
        #expect(bytes.count == 64)
    }

    @Test(arguments: [0, 1, 254, 255])
    func G3_paddingIsWhatAnOldPeerTakesForALength(size: Int) {
        let bytes = Greeting.encode(mechanism: .null, routingIDSize: size)
        let length = bytes[1...8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        #expect(length == UInt64(size) + 1)
        #expect(bytes[0] == 0xFF && bytes[9] == 0x7F)
    }

    @Test func G2_paddingAndFillerAreNeverLookedAt() throws {
        var random = SplitMix64(seed: 2)
        let plain = try parse(WireBytes.greeting())
        for _ in 0..<100 {
            let padding = (0..<8).map { _ in UInt8.random(in: 0...255, using: &random) }
            let filler = UInt8.random(in: 0...255, using: &random)
            let other = try parse(WireBytes.greeting(padding: padding, filler: filler))
            #expect(other == plain)
        }
    }

    @Test func G5_everyPrefixOfAGoodGreetingAsksForMore() throws {
        let bytes = WireBytes.greeting()
        for count in 0..<64 { #expect(try parse(Array(bytes[..<count])) == nil) }
        let greeting = try parse(bytes + [1, 2, 3])
        #expect(greeting?.mechanism == .null)
        #expect(greeting?.major == 3 && greeting?.minor == 1 && greeting?.asServer == 0)
    }

    @Test func G6_otherFirstBytesAreRefusedWithTheFirst() {
        for first in UInt8(0)...254 {
            #expect(throws: Greeting.Refusal.notZMTP) { try parse([first]) }
        }
    }

    @Test func G6_theTenthByteIsSevenF() {
        for tenth in UInt8(0)...255 where tenth != 0x7F {
            let bytes = Array(WireBytes.greeting(tenth: tenth)[..<10])
            #expect(throws: Greeting.Refusal.notZMTP) { try parse(bytes) }
        }
    }

    @Test(arguments: UInt8(0)...2)
    func G7_versionsBelowThreeAreRefusedWithTheirByte(major: UInt8) {
        let bytes = Array(WireBytes.greeting(major: major)[..<11])
        #expect(throws: Greeting.Refusal.unsupportedVersion(major: major)) { try parse(bytes) }
    }

    @Test(
        arguments: [
            (3, 0, 0), (3, 1, 1), (3, 2, 1), (3, 255, 1), (4, 0, 1), (4, 7, 1), (255, 255, 1),
        ] as [(UInt8, UInt8, UInt8)])
    func G9_minorVersionIsTheLowerOfBoth(row: (UInt8, UInt8, UInt8)) throws {
        let greeting = try parse(WireBytes.greeting(major: row.0, minor: row.1))
        #expect(greeting?.effectiveMinor == row.2)
    }

    @Test func G11_allTwentyBytesOfTheNameCount() throws {
        let twenty = Array("ABCDEFGHIJKLMNOPQRST".utf8)
        let greeting = try parse(WireBytes.greeting(mechanism: twenty))
        #expect(greeting?.mechanism.bytes == twenty)
        #expect(greeting?.mechanism.description == "ABCDEFGHIJKLMNOPQRST")
        let hidden = try parse(WireBytes.greeting(mechanism: Array("NULL\0X".utf8)))
        #expect(hidden?.mechanism != .null)
        #expect(hidden?.mechanism.description == "NULL\\x00X")
    }

    @Test func longMechanismNamesAreCut() {
        #expect(MechanismName(String(repeating: "A", count: 30)).bytes.count == 20)
        #expect(MechanismName("").description == "")
    }
}
