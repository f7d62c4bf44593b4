import Testing

@testable import ZeroMQ

@Suite struct RoundRobinTests {
    @Test func R13_eachPeerInTurn() {
        var ring = RoundRobin()
        #expect(ring.next() == nil && ring.isEmpty)
        for slot in [4, 0, 9] { ring.activate(slot) }
        #expect(take(7, from: &ring) == [4, 0, 9, 4, 0, 9, 4])
        #expect(ring.peek == 0)
    }

    @Test func R13_skipsFullPeersAndKeepsTheOrderOfTheOthers() {
        var ring = RoundRobin()
        for slot in 0..<5 { ring.activate(slot) }
        #expect(take(2, from: &ring) == [0, 1])
        ring.deactivate(3)
        ring.deactivate(1)
        #expect(take(4, from: &ring) == [2, 4, 0, 2])
        ring.activate(3)
        #expect(take(5, from: &ring) == [4, 0, 2, 3, 4])
        #expect(!ring.isActive(1) && ring.isActive(3) && ring.activeCount == 4)
    }

    @Test func R13_aPeerFoundFullGivesItsTurnToTheNext() {
        var ring = RoundRobin()
        for slot in 0..<3 { ring.activate(slot) }
        #expect(ring.next() == 0)
        ring.deactivate(0)
        #expect(ring.next() == 1)
        #expect(ring.peek == 2)
        ring.deactivate(2)
        ring.deactivate(1)
        #expect(ring.next() == nil)
        ring.activate(2)
        #expect(take(2, from: &ring) == [2, 2])
    }

    @Test func R14_oneMessageOfEachReadyPeerPerTurn() {
        var queue = FairQueue()
        var waiting = [3, 1, 2]
        for slot in 0..<3 { queue.activate(slot) }
        var order: [Int] = []
        while let slot = queue.next() {
            order.append(slot)
            waiting[slot] -= 1
            if waiting[slot] == 0 { queue.deactivate(slot) }
            if order.count == 2 { queue.activate(1); waiting[1] = 1 }
        }
        #expect(order == [0, 1, 2, 0, 1, 2, 0])
        #expect(queue.isEmpty && queue.readyCount == 0 && queue.peek == nil)
    }

    @Test func R14_aNewcomerWaitsForTheTurnOfTheOthers() {
        var queue = FairQueue()
        queue.activate(0)
        queue.activate(1)
        #expect(queue.next() == 0)
        queue.activate(2)
        #expect([queue.next(), queue.next(), queue.next()] == [1, 0, 2])
        #expect(queue.isReady(2) && !queue.isReady(3))
    }

    @Test func repeatedAndSenselessCallsChangeNothing() {
        var ring = RoundRobin()
        for slot in [-1, Int.min, Int.max, Int(Int32.max)] {
            ring.activate(slot)
            ring.deactivate(slot)
            #expect(!ring.isActive(slot))
        }
        ring.deactivate(3)
        ring.activate(3)
        ring.activate(3)
        #expect(ring.activeCount == 1)
        ring.deactivate(3)
        ring.deactivate(3)
        #expect(ring.isEmpty)
    }

    @Test func randomOperationsAgreeWithAList() {
        var random = PatternRandom(seed: 11)
        var ring = SlotRing()
        var model: [Int] = []  // the one whose turn it is first
        for _ in 0..<20_000 {
            let slot = random.below(12)
            switch random.below(3) {
            case 0:
                let isNew = !model.contains(slot)
                #expect(ring.insert(slot) == isNew)
                if isNew { model.append(slot) }
            case 1:
                #expect(ring.remove(slot) == model.contains(slot))
                model.removeAll { $0 == slot }
            default:
                ring.advance()
                if let first = model.first { model = model.dropFirst() + [first] }
            }
            #expect(ring.current == model.first && ring.count == model.count)
        }
    }

    private func take(_ count: Int, from ring: inout RoundRobin) -> [Int] {
        (0..<count).compactMap { _ in ring.next() }
    }
}
