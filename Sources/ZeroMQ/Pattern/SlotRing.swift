/// Slots in a circle with a cursor; every operation takes constant time.
///
/// Slots are small dense numbers, since the links are an array indexed by slot. It grows to the
/// highest slot seen, and nothing is allocated after that.
struct SlotRing: Sendable {
    /// How many slots are in the circle.
    private(set) var count = 0
    private var links: ContiguousArray<Link> = []
    private var cursor = 0

    private struct Link {
        var next: Int32 = -1
        var previous: Int32 = -1
    }

    /// The slot whose turn it is.
    @inline(__always)
    var current: Int? { count == 0 ? nil : cursor }

    func contains(_ slot: Int) -> Bool {
        slot >= 0 && slot < links.count && links[slot].next >= 0
    }

    /// Gives the turn to the next slot.
    @inline(__always)
    mutating func advance() {
        guard count > 1 else { return }
        cursor = Int(links[cursor].next)
    }

    /// Puts a slot into the circle, behind all others; false if it is there or not a valid slot.
    @discardableResult
    mutating func insert(_ slot: Int) -> Bool {
        guard slot >= 0, slot < Int(Int32.max), !contains(slot) else { return false }
        if slot >= links.count {
            links.append(contentsOf: repeatElement(Link(), count: slot - links.count + 1))
        }
        if count == 0 { cursor = slot }
        // The last in the circle is the one before the cursor.
        let last = count == 0 ? slot : Int(links[cursor].previous)
        links[slot] = Link(
            next: Int32(truncatingIfNeeded: cursor), previous: Int32(truncatingIfNeeded: last))
        links[last].next = Int32(truncatingIfNeeded: slot)
        links[cursor].previous = Int32(truncatingIfNeeded: slot)
        count += 1
        return true
    }

    /// Takes a slot out; if it was its turn, it is the next one's. False if it was not there.
    @discardableResult
    mutating func remove(_ slot: Int) -> Bool {
        guard contains(slot) else { return false }
        let link = links[slot]
        links[Int(link.previous)].next = link.next
        links[Int(link.next)].previous = link.previous
        links[slot] = Link()
        if cursor == slot { cursor = Int(link.next) }
        count -= 1
        return true
    }
}
