/// The slots of the peers that one message goes to; filled and emptied for each.
///
/// Invariant: `0 <= count <= capacity`; the slots are `storage[..<count]`.
struct SlotList: ~Copyable {
    // Unsafe storage: an array is retained for every walk over it and asked whether it is shared
    // for every slot that is added, a tenth of the cost of a message to one subscriber.
    private var storage: UnsafeMutablePointer<Int>
    private var capacity = 16
    private(set) var count = 0

    init() {
        storage = .allocate(capacity: capacity)
    }

    deinit { storage.deallocate() }

    @inline(__always)
    var isEmpty: Bool { count == 0 }

    @inline(__always)
    mutating func removeAll() { count = 0 }

    @inline(__always)
    mutating func append(_ slot: Int) {
        if count == capacity { grow() }
        storage[count] = slot
        count &+= 1
    }

    /// Calls `body` with each slot, in the order in which they were added.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for index in 0..<count { body(storage[index]) }
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Int>.allocate(capacity: capacity * 2)
        larger.update(from: storage, count: count)
        storage.deallocate()
        storage = larger
        capacity *= 2
    }
}
