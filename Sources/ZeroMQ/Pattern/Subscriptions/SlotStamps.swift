/// One mark per slot, all wiped in a single step: "was this one met already in this round?"
struct SlotStamps: ~Copyable {
    // Unsafe: owned here alone, freed in deinit. Behind a pointer so that matching, which changes
    // nothing that can be observed, is not a mutation of its owner.
    private let round: UnsafeMutablePointer<UInt32>
    private var stamps: UnsafeMutablePointer<UInt32>
    private var capacity: Int

    init() {
        capacity = 16
        round = .allocate(capacity: 1)
        round.initialize(to: 0)
        stamps = .allocate(capacity: capacity)
        stamps.initialize(repeating: 0, count: capacity)
    }

    deinit {
        round.deallocate()
        stamps.deallocate()
    }

    /// Makes room for a slot. Every slot later given to `mark` must have been announced here.
    mutating func reserve(_ slot: Int) {
        guard slot >= capacity else { return }
        let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: max(capacity * 2, slot + 1))
        larger.update(from: stamps, count: capacity)
        let newCapacity = max(capacity * 2, slot + 1)
        (larger + capacity).initialize(repeating: 0, count: newCapacity - capacity)
        stamps.deallocate()
        stamps = larger
        capacity = newCapacity
    }

    /// Begins a round in which no slot is marked.
    @inline(__always)
    func nextRound() -> UInt32 {
        round.pointee &+= 1
        if round.pointee == 0 {
            stamps.update(repeating: 0, count: capacity)
            round.pointee = 1
        }
        return round.pointee
    }

    /// Marks a slot; false if it was marked in this round already.
    @inline(__always)
    func mark(_ slot: UInt32, in round: UInt32) -> Bool {
        let stamp = stamps + Int(slot)
        if stamp.pointee == round { return false }
        stamp.pointee = round
        return true
    }
}
