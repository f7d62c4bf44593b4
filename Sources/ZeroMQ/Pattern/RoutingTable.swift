/// Which peer has which routing id: an open-addressing hash table from id to slot.
///
/// Looking up raw bytes neither allocates nor counts references, and costs one cache line for ids
/// of up to 15 bytes. The hash is keyed, because the peers choose the ids.
///
/// Not for concurrent use; the owner's lock guards it.
struct RoutingTable: ~Copyable {
    /// How many ids there are.
    private(set) var count = 0
    // Unsafe: owned here, freed in deinit.
    private var entries: UnsafeMutableBufferPointer<Entry>
    // The first few places come as an object does, and are no block of the system's memory.
    private var isGrown = false
    /// The most ids it grows to hold.
    var mostCount = Int.max
    private let key: UInt64
    private var nextGenerated: UInt32

    /// - Parameter seed: a random number: the key of the hash, and where generated ids start.
    init(seed: UInt64) {
        key = seed
        nextGenerated = UInt32(truncatingIfNeeded: seed >> 16)
        entries = .allocate(capacity: 8)
        entries.initialize(repeating: Entry())
    }

    deinit {
        Self.free(entries, isGrown)
    }

    /// The slot of the peer with these bytes as its id.
    @inline(__always)
    func slot(for bytes: UnsafeRawBufferPointer) -> Int? {
        guard let position = find(bytes) else { return nil }
        return entries[position].slot
    }

    func slot(for id: RoutingID) -> Int? {
        id.withUnsafeBytes { slot(for: $0) }
    }

    /// Adds a peer, unless somebody has the id.
    mutating func add(_ id: RoutingID, slot: Int) -> Addition {
        if let existing = self.slot(for: id) { return .duplicate(existing: existing) }
        return insert(id, slot) ? .added : .noMemory
    }

    /// Gives the id to a peer, whoever has it.
    mutating func replace(_ id: RoutingID, slot: Int) -> Replacement {
        if let position = id.withUnsafeBytes({ find($0) }) {
            let old = entries[position].slot
            entries[position].slot = slot
            return .replaced(old)
        }
        return insert(id, slot) ? .added : .noMemory
    }

    /// Removes a peer; false if the id is not there, or belongs to another slot by now.
    @discardableResult
    mutating func remove(_ id: RoutingID, slot: Int) -> Bool {
        guard let position = id.withUnsafeBytes({ find($0) }), entries[position].slot == slot
        else { return false }
        removeEntry(at: position)
        return true
    }

    /// Adds an anonymous peer under a generated id: a zero byte and a counter of four bytes. Nil
    /// when there is no memory.
    mutating func addGenerated(slot: Int) -> RoutingID? {
        while true {
            let id = RoutingID(generated: nextGenerated)
            nextGenerated &+= 1
            switch add(id, slot: slot) {
            case .added: return id
            case .duplicate: continue
            case .noMemory: return nil
            }
        }
    }
}

extension RoutingTable {
    enum Addition: Equatable {
        case added
        /// Somebody has the id.
        case duplicate(existing: Int)
        /// The table cannot grow; it is unchanged.
        case noMemory
    }

    enum Replacement: Equatable {
        case added
        /// The slot of the peer that had the id.
        case replaced(Int)
        /// The table cannot grow; it is unchanged.
        case noMemory
    }

    private struct Entry {
        var low: UInt64 = 0
        /// Zero in an empty place: the length of an id is in here and is not zero.
        var high: UInt64 = 0
        var long: [UInt8]?
        var slot = 0
    }

    @inline(__always)
    private func find(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let (low, high) = RoutingID.words(bytes)
        guard high != 0, bytes.count <= RoutingID.maxCount else { return nil }
        let isLong = bytes.count > RoutingID.maxInlineCount
        let mask = entries.count - 1
        var position = isLong ? homeOfLong(bytes) : home(low, high)
        while entries[position].high != 0 {
            if entries[position].low == low, entries[position].high == high,
                !isLong || isEqual(entries[position].long, bytes)
            {
                return position
            }
            position = (position + 1) & mask
        }
        return nil
    }

    private func isEqual(_ long: [UInt8]?, _ bytes: UnsafeRawBufferPointer) -> Bool {
        long?.withUnsafeBytes { $0.elementsEqual(bytes) } ?? false
    }

    @inline(__always)
    private func home(_ low: UInt64, _ high: UInt64) -> Int {
        position(of: Self.mix(low ^ key, high ^ Self.secondKey(key)))
    }

    private func homeOfLong(_ bytes: UnsafeRawBufferPointer) -> Int {
        var hash = Self.mix(key, UInt64(truncatingIfNeeded: bytes.count))
        var rest = bytes[...]
        while !rest.isEmpty {
            let (low, high) = RoutingID.words(UnsafeRawBufferPointer(rebasing: rest.prefix(15)))
            hash = Self.mix(low ^ hash, high ^ Self.secondKey(key))
            rest = rest.dropFirst(15)
        }
        return position(of: hash)
    }

    @inline(__always)
    private func position(of hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash) & (entries.count - 1)
    }

    @inline(__always)
    private static func mix(_ a: UInt64, _ b: UInt64) -> UInt64 {
        let product = a.multipliedFullWidth(by: b)
        return product.high ^ product.low
    }

    @inline(__always)
    private static func secondKey(_ key: UInt64) -> UInt64 {
        (key &* 0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03
    }
}

extension RoutingTable {
    /// False when there is no memory for another entry.
    private mutating func insert(_ id: RoutingID, _ slot: Int) -> Bool {
        guard count < mostCount, (count + 1) * 2 <= entries.count || grow() else { return false }
        place(Entry(low: id.low, high: id.high, long: id.long, slot: slot))
        count += 1
        return true
    }

    private func place(_ entry: Entry) {
        var position = home(of: entry)
        while entries[position].high != 0 { position = (position + 1) & (entries.count - 1) }
        entries[position] = entry
    }

    private func home(of entry: Entry) -> Int {
        guard let long = entry.long else { return home(entry.low, entry.high) }
        return long.withUnsafeBytes { homeOfLong($0) }
    }

    /// Closes the gap by moving up entries that would no longer be found.
    private mutating func removeEntry(at removed: Int) {
        let mask = entries.count - 1
        var gap = removed
        var position = (gap + 1) & mask
        while entries[position].high != 0 {
            let distance = (position &- home(of: entries[position])) & mask
            if distance >= (position &- gap) & mask {
                entries[gap] = entries[position]
                gap = position
            }
            position = (position + 1) & mask
        }
        entries[gap] = Entry()
        count -= 1
    }

    private mutating func grow() -> Bool {
        let old = entries
        let capacity = old.count * 2
        guard let block = SystemMemory.allocate(capacity * MemoryLayout<Entry>.stride) else {
            return false
        }
        entries = UnsafeMutableBufferPointer(
            start: block.bindMemory(to: Entry.self, capacity: capacity), count: capacity)
        entries.initialize(repeating: Entry())
        for entry in old where entry.high != 0 { place(entry) }
        Self.free(old, isGrown)
        isGrown = true
        return true
    }

    private static func free(_ entries: UnsafeMutableBufferPointer<Entry>, _ isGrown: Bool) {
        let memory = entries.deinitialize()
        guard isGrown, let block = memory.baseAddress else { return memory.deallocate() }
        SystemMemory.free(block, of: memory.count)
    }
}
