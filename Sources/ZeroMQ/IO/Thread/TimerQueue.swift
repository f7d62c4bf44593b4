/// Names an armed timer; stale once the timer has fired or was cancelled.
struct TimerID: Hashable, Sendable {
    var index: UInt32
    var generation: UInt32
}

/// The timers of one I/O thread: a binary heap over a slot table.
///
/// Arming, cancelling and firing cost O(log n); a cancelled timer leaves nothing behind. Timers of
/// one instant fire in the order they were armed.
///
/// Invariant: `slots[heap[i].slot].position == i` for every `i`; free slots have position -1.
struct TimerQueue {
    private struct Node {
        var deadline: Instant
        var sequence: UInt64
        var slot: UInt32

        @inline(__always)
        static func < (left: Node, right: Node) -> Bool {
            left.deadline == right.deadline
                ? left.sequence < right.sequence : left.deadline < right.deadline
        }
    }

    private struct Slot {
        var handler: (any IOHandler)?
        var position: Int
        var generation: UInt32
        var tag: UInt8
    }

    /// A timer that has come due.
    struct Due {
        let handler: any IOHandler
        let tag: UInt8
    }

    private var heap: [Node] = []
    private var slots: [Slot] = []
    private var free: [UInt32] = []
    private var sequence: UInt64 = 0

    init() {}

    var count: Int { heap.count }

    /// When the next timer is due; nil without timers.
    var nextDeadline: Instant? { heap.first?.deadline }

    /// The order number the next timer gets; timers below it were armed before now.
    var mark: UInt64 { sequence }

    /// Arms a timer; the handler is kept alive until it has fired or is cancelled.
    mutating func arm(at deadline: Instant, _ handler: any IOHandler, tag: UInt8) -> TimerID {
        let position = heap.count
        let index: UInt32
        if let reused = free.popLast() {
            index = reused
            slots[Int(index)].handler = handler
            slots[Int(index)].position = position
            slots[Int(index)].tag = tag
        } else {
            index = UInt32(truncatingIfNeeded: slots.count)
            slots.append(Slot(handler: handler, position: position, generation: 0, tag: tag))
        }
        heap.append(Node(deadline: deadline, sequence: sequence, slot: index))
        sequence &+= 1
        siftUp(position)
        return TimerID(index: index, generation: slots[Int(index)].generation)
    }

    /// Disarms a timer.
    ///
    /// - Returns: its handler, so that the caller may let go of it outside this queue; nil if the
    ///   timer has fired or was cancelled before.
    mutating func cancel(_ id: TimerID) -> (any IOHandler)? {
        let index = Int(id.index)
        guard index < slots.count, slots[index].generation == id.generation,
            slots[index].position >= 0
        else { return nil }
        let handler = slots[index].handler
        remove(at: slots[index].position)
        return handler
    }

    /// Takes the first timer that is due and was armed before `mark`.
    mutating func popDue(now: Instant, before mark: UInt64) -> Due? {
        guard let first = heap.first, first.deadline <= now, first.sequence < mark else {
            return nil
        }
        let slot = slots[Int(first.slot)]
        remove(at: 0)
        return slot.handler.map { Due(handler: $0, tag: slot.tag) }
    }

    // MARK: The heap

    private mutating func remove(at position: Int) {
        let slot = heap[position].slot
        if let last = heap.popLast(), position < heap.count {
            heap[position] = last
            slots[Int(last.slot)].position = position
            siftDown(position)
            siftUp(position)
        }
        slots[Int(slot)].handler = nil
        slots[Int(slot)].position = -1
        slots[Int(slot)].generation &+= 1
        free.append(slot)
    }

    private mutating func siftUp(_ start: Int) {
        var position = start
        while position > 0 {
            let parent = (position - 1) / 2
            guard heap[position] < heap[parent] else { return }
            exchange(position, parent)
            position = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var position = start
        while true {
            var least = 2 * position + 1
            guard least < heap.count else { return }
            if least + 1 < heap.count, heap[least + 1] < heap[least] { least += 1 }
            guard heap[least] < heap[position] else { return }
            exchange(position, least)
            position = least
        }
    }

    private mutating func exchange(_ a: Int, _ b: Int) {
        heap.swapAt(a, b)
        slots[Int(heap[a].slot)].position = a
        slots[Int(heap[b].slot)].position = b
    }
}
