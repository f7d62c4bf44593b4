/// The registered handles of a poller, by id: slots that are used again, each time under a new
/// generation.
///
/// An id of an entry that is retired, or gone, finds nothing, so a late event or call does no harm.
struct EntryTable<Entry: PollerEntry> {
    private struct Slot {
        var entry: Entry?
        var generation: UInt32
    }

    private var slots: [Slot] = []
    private var free: [UInt32] = []

    /// The number of entries, retired ones included until they are removed.
    private(set) var count = 0

    init() {}

    /// Adds what `make` makes of the id it is given.
    mutating func insert(_ make: (EntryID) -> Entry) -> Entry {
        let index: UInt32
        if let reused = free.popLast() {
            index = reused
        } else {
            index = UInt32(truncatingIfNeeded: slots.count)
            slots.append(Slot(entry: nil, generation: 0))
        }
        let entry = make(EntryID(index: index, generation: slots[Int(index)].generation))
        slots[Int(index)].entry = entry
        count += 1
        return entry
    }

    /// The live entry with this id.
    @inline(__always)
    subscript(id: EntryID) -> Entry? {
        let index = Int(id.index)
        guard index < slots.count, slots[index].generation == id.generation,
            let entry = slots[index].entry, !entry.isRetired
        else { return nil }
        return entry
    }

    /// The entry in a slot, retired or not.
    @inline(__always)
    func entry(at index: UInt32) -> Entry? {
        Int(index) < slots.count ? slots[Int(index)].entry : nil
    }

    /// Removes an entry, retired or not; the caller holds it, so nothing is freed in here.
    mutating func remove(_ entry: Entry) {
        let index = Int(entry.id.index)
        guard index < slots.count, slots[index].entry === entry else { return }
        slots[index].entry = nil
        slots[index].generation &+= 1
        free.append(entry.id.index)
        count -= 1
    }

    /// All entries that are not retired.
    var live: [Entry] {
        slots.compactMap { slot in
            guard let entry = slot.entry, !entry.isRetired else { return nil }
            return entry
        }
    }
}
