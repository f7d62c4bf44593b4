import Testing

@testable import ZeroMQ

@Suite struct SlotListTests {
    private func slots(of list: borrowing SlotList) -> [Int] {
        var slots: [Int] = []
        list.forEach { slots.append($0) }
        return slots
    }

    @Test(arguments: [0, 1, 16, 17, 1000]) func keepsTheOrder(count: Int) {
        var list = SlotList()
        for slot in 0..<count { list.append(slot * 3) }
        #expect(slots(of: list) == (0..<count).map { $0 * 3 })
        let isEmpty = list.isEmpty
        #expect(isEmpty == (count == 0))
    }

    @Test func isEmptiedForTheNext() {
        var list = SlotList()
        for slot in 0..<40 { list.append(slot) }
        list.removeAll()
        #expect(slots(of: list).isEmpty)
        list.append(7)
        #expect(slots(of: list) == [7])
    }
}
