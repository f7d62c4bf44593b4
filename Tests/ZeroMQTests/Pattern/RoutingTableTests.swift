import Testing

@testable import ZeroMQ

@Suite struct RoutingTableTests {
    @Test func findsWhatWasAdded() throws {
        var table = RoutingTable(seed: 1)
        let short = try RoutingID("A")
        let long = try RoutingID(String(repeating: "x", count: 200))
        #expect(table.add(short, slot: 3) == .added)
        #expect(table.add(long, slot: 4) == .added)
        #expect(table.slot(for: short) == 3 && table.slot(for: long) == 4)
        #expect(slot(for: [65], in: table) == 3)
        #expect(slot(for: [65, 0], in: table) == nil)
        #expect(slot(for: [], in: table) == nil)
        #expect(slot(for: [UInt8](repeating: 120, count: 199), in: table) == nil)
        #expect(slot(for: [UInt8](repeating: 120, count: 200 + 256), in: table) == nil)
        #expect(table.count == 2)
    }

    @Test func I4_duplicateNamesTheOwner() throws {
        var table = RoutingTable(seed: 1)
        let id = try RoutingID("A")
        #expect(table.add(id, slot: 1) == .added)
        #expect(table.add(id, slot: 2) == .duplicate(existing: 1))
        #expect(table.slot(for: id) == 1)
    }

    @Test func I5_handoverGivesTheIdToTheNewcomer() throws {
        var table = RoutingTable(seed: 1)
        let id = try RoutingID("A")
        #expect(table.replace(id, slot: 1) == .added)
        #expect(table.replace(id, slot: 2) == .replaced(1))
        #expect(table.remove(id, slot: 1) == false)
        #expect(table.slot(for: id) == 2)
        #expect(table.remove(id, slot: 2) == true)
        #expect(table.slot(for: id) == nil && table.count == 0)
    }

    @Test func I2_generatedIdsAreFiveBytesAndSkipTakenOnes() {
        var table = RoutingTable(seed: 0xFFFF_FFFE << 16)
        var ids: [[UInt8]] = []
        for slot in 0..<4 { ids += [table.addGenerated(slot: slot)?.bytes ?? []] }
        #expect(
            ids == [
                [0, 255, 255, 255, 254], [0, 255, 255, 255, 255], [0, 0, 0, 0, 0], [0, 0, 0, 0, 1],
            ])
        var other = RoutingTable(seed: 0)
        #expect(other.add(RoutingID(generated: 0), slot: 9) == .added)
        #expect(other.addGenerated(slot: 10)?.bytes == [0, 0, 0, 0, 1])
        #expect(slot(for: [0, 0, 0, 0, 0], in: other) == 9)
    }

    @Test func withoutMemoryItStaysAsItIs() throws {
        var table = RoutingTable(seed: 1)
        for slot in 0..<100 { #expect(table.add(try RoutingID("\(slot)"), slot: slot) == .added) }
        table.mostCount = 100
        let another = try RoutingID("another")
        #expect(table.add(another, slot: 100) == .noMemory)
        #expect(table.replace(another, slot: 100) == .noMemory)
        #expect(table.addGenerated(slot: 100) == nil)
        #expect(table.count == 100 && table.slot(for: another) == nil)
        for slot in 0..<100 { #expect(table.slot(for: try RoutingID("\(slot)")) == slot) }
        #expect(table.replace(try RoutingID("7"), slot: 100) == .replaced(7))
        #expect(table.remove(try RoutingID("8"), slot: 8) == true)
        #expect(table.add(another, slot: 8) == .added)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func agreesWithADictionary(_ seed: UInt64) throws {
        var random = PatternRandom(seed: seed)
        var table = RoutingTable(seed: random.next())
        var model: [RoutingID: Int] = [:]
        for slot in 0..<6000 {
            // Phases of growth and of decay.
            let id = try RoutingID(Self.bytes(&random))
            if random.below(10) < (slot / 1500 % 2 == 0 ? 7 : 3) {
                if let owner = model[id] {
                    #expect(table.add(id, slot: slot) == .duplicate(existing: owner))
                } else {
                    #expect(table.add(id, slot: slot) == .added)
                    model[id] = slot
                }
            } else if let (known, owner) = model.randomElement(using: &random) {
                #expect(table.remove(known, slot: owner) == true)
                model[known] = nil
            }
            #expect(table.slot(for: id) == model[id])
        }
        #expect(table.count == model.count)
        for (id, slot) in model { #expect(table.slot(for: id) == slot) }
        for (id, slot) in model { #expect(table.remove(id, slot: slot) == true) }
        #expect(table.count == 0)
    }

    private static func bytes(_ random: inout PatternRandom) -> [UInt8] {
        let lengths = [1, 2, 5, 8, 15, 16, 17, 31, 255]
        let length = lengths[random.below(lengths.count)]
        // Few values a byte, so that ids meet again.
        return (0..<length).map { $0 < 3 ? UInt8(1 + random.below(12)) : 1 }
    }

    private func slot(for bytes: [UInt8], in table: borrowing RoutingTable) -> Int? {
        bytes.withUnsafeBytes { table.slot(for: $0) }
    }
}
