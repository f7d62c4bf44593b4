/// One mark per slot, all wiped in a single step: "was this one met already in this round?"
struct SlotStamps: ~Copyable {
    // Unsafe: owned here alone, freed in deinit. Behind a pointer so that matching, which changes
    // nothing that can be observed, is not a mutation of its owner.
    private let round: UnsafeMutablePointer<UInt32>
    private var stamps: UnsafeMutablePointer<UInt32>
    private var memory: GrowingMemory
    private var capacity: Int
    /// The most slots it grows to. By default as many as 32-bit numbers can name.
    var mostCapacity = Int(Int32.max)

    init() {
        capacity = 16
        round = .allocate(capacity: 1)
        round.initialize(to: 0)
        memory = GrowingMemory(first: capacity * 4)
        stamps = memory.base.bindMemory(to: UInt32.self, capacity: capacity)
        stamps.initialize(repeating: 0, count: capacity)
    }

    deinit {
        round.deallocate()
    }

    /// Makes room for a slot; false when there is no memory for it. Every slot later given to
    /// `mark` must have been announced here.
    mutating func reserve(_ slot: Int) -> Bool {
        if covers(slot) { return true }
        guard slot < mostCapacity else { return false }
        let larger = min(max(capacity * 2, slot + 1), mostCapacity)
        guard memory.grow(to: larger * 4, keeping: capacity * 4) else { return false }
        stamps = memory.base.bindMemory(to: UInt32.self, capacity: larger)
        (stamps + capacity).initialize(repeating: 0, count: larger - capacity)
        capacity = larger
        return true
    }

    /// Whether there is room for a slot.
    func covers(_ slot: Int) -> Bool { slot < capacity }

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
