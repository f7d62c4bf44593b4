import Testing

@testable import ZeroMQ

private final class Nobody: IOHandler {
    func completed(_ outcome: IOOutcome) {}
}

@Suite struct TimerQueueTests {
    @Test func sameInstantFiresInTheOrderArmed() {
        var queue = TimerQueue()
        let at = Instant(nanoseconds: 5)
        for tag in 0..<100 { _ = queue.arm(at: at, Nobody(), tag: UInt8(tag)) }
        var tags: [UInt8] = []
        while let due = queue.popDue(now: at, before: queue.mark) { tags.append(due.tag) }
        #expect(tags == Array(0..<100))
    }

    @Test func timersArmedWhileFiringWaitForTheNextTurn() {
        var queue = TimerQueue()
        _ = queue.arm(at: .distantPast, Nobody(), tag: 1)
        let mark = queue.mark
        #expect(queue.popDue(now: .distantPast, before: mark)?.tag == 1)
        _ = queue.arm(at: .distantPast, Nobody(), tag: 2)
        #expect(queue.popDue(now: .distantPast, before: mark) == nil)
        #expect(queue.popDue(now: .distantPast, before: queue.mark)?.tag == 2)
    }

    @Test func cancelledTimersAreGone() {
        var queue = TimerQueue()
        let handler = Nobody()
        let first = queue.arm(at: Instant(nanoseconds: 1), handler, tag: 1)
        #expect(queue.cancel(first) === handler)
        #expect(queue.cancel(first) == nil)
        let second = queue.arm(at: Instant(nanoseconds: 2), handler, tag: 2)
        #expect(second.index == first.index)
        #expect(queue.cancel(first) == nil, "a stale id does not reach the new timer")
        #expect(queue.nextDeadline == Instant(nanoseconds: 2))
    }

    @Test func handlersAreLetGo() {
        var queue = TimerQueue()
        weak var watched: Nobody?
        do {
            let handler = Nobody()
            watched = handler
            let id = queue.arm(at: .distantFuture, handler, tag: 0)
            _ = queue.arm(at: .distantPast, handler, tag: 0)
            _ = queue.cancel(id)
            _ = queue.popDue(now: .distantPast, before: queue.mark)
        }
        #expect(watched == nil)
    }

    @Test func holdsAHundredThousand() {
        var random = SplitMix64(seed: 7)
        var queue = TimerQueue()
        var ids: [TimerID] = []
        var expected: [Int64] = []
        for _ in 0..<100_000 {
            let time = Int64.random(in: 0..<1_000_000, using: &random)
            ids.append(queue.arm(at: Instant(nanoseconds: time), Nobody(), tag: 0))
            expected.append(time)
        }
        var kept: [Int64] = []
        for (index, id) in ids.enumerated() {
            if Bool.random(using: &random) {
                #expect(queue.cancel(id) != nil)
            } else {
                kept.append(expected[index])
            }
        }
        kept.sort()
        #expect(queue.count == kept.count)
        var fired: [Int64] = []
        while let next = queue.nextDeadline {
            guard queue.popDue(now: next, before: queue.mark) != nil else { break }
            fired.append(next.nanoseconds)
        }
        #expect(fired == kept)
        #expect(queue.count == 0)
    }
}
