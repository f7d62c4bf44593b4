/// Those who wait for room or for a message, first come first served. Guarded by its owner's lock.
struct WaitQueue {
    private var waiters: [Waiter] = []

    @inline(__always)
    var isEmpty: Bool { waiters.isEmpty }

    mutating func append(_ waiter: Waiter) {
        waiters.append(waiter)
    }

    /// Takes a waiter out; false when it has been signalled already.
    @discardableResult
    mutating func remove(_ waiter: Waiter) -> Bool {
        guard let index = waiters.firstIndex(where: { $0 === waiter }) else { return false }
        waiters.remove(at: index)
        return true
    }

    /// Takes the first `count` out, to be woken after the lock is released.
    mutating func take(_ count: Int) -> [Waiter] {
        let taken = Array(waiters.prefix(count))
        waiters.removeFirst(taken.count)
        return taken
    }

    /// Takes everybody out.
    mutating func takeAll() -> [Waiter] {
        defer { waiters.removeAll() }
        return waiters
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
