/// Those who wait for room or for a message, first come first served. Guarded by its owner's lock.
///
/// A list through the waiters themselves: leaving from the middle costs the same with a million
/// others waiting, which is what a flood of cancelled tasks comes to.
struct WaitQueue {
    // Every waiter in the list is retained by it.
    private var first: Unmanaged<Waiter>?
    private var last: Unmanaged<Waiter>?
    private(set) var count = 0

    @inline(__always)
    var isEmpty: Bool { first == nil }

    mutating func append(_ waiter: Waiter) {
        guard !waiter.place.isQueued else { return }
        let fresh = Unmanaged.passRetained(waiter)
        waiter.place = Waiter.Place(previous: last, next: nil, isQueued: true)
        if let last {
            last._withUnsafeGuaranteedRef { $0.place.next = fresh }
        } else {
            first = fresh
        }
        last = fresh
        count += 1
    }

    /// Takes a waiter out; false when it has been signalled already.
    @discardableResult
    mutating func remove(_ waiter: Waiter) -> Bool {
        let place = waiter.place
        guard place.isQueued else { return false }
        if let previous = place.previous {
            previous._withUnsafeGuaranteedRef { $0.place.next = place.next }
        } else {
            first = place.next
        }
        if let next = place.next {
            next._withUnsafeGuaranteedRef { $0.place.previous = place.previous }
        } else {
            last = place.previous
        }
        waiter.place = Waiter.Place()
        count -= 1
        Unmanaged.passUnretained(waiter).release()
        return true
    }

    /// Takes the first `count` out, to be woken after the lock is released.
    mutating func take(_ count: Int) -> [Waiter] {
        var taken: [Waiter] = []
        while taken.count < count, let waiter = first?.takeUnretainedValue() {
            taken.append(waiter)
            remove(waiter)
        }
        return taken
    }

    /// Takes everybody out.
    mutating func takeAll() -> [Waiter] {
        isEmpty ? [] : take(count)
    }
}

extension [Waiter] {
    /// Wakes everybody; call without locks held.
    @inline(__always)
    func wake() {
        if isEmpty { return }
        for waiter in self { waiter.wake() }
    }
}
