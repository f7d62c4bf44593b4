/// The pipes of one half of a socket, by slot.
///
/// The table retains its pipes by hand, because subscripting an array of references costs a
/// retain and a release for every message.
struct PipeTable<Pipe: AnyObject>: ~Copyable {
    private var slots: [Unmanaged<Pipe>?] = []
    private(set) var count = 0

    deinit {
        for slot in slots { slot?.release() }
    }

    var isEmpty: Bool { count == 0 }

    /// Puts `pipe` at `slot`, which must be free.
    mutating func insert(_ pipe: Pipe, at slot: Int) {
        while slots.count <= slot { slots.append(nil) }
        guard slots[slot] == nil else { return }
        slots[slot] = Unmanaged.passRetained(pipe)
        count += 1
    }

    /// Takes the pipe out; nil when there is none.
    @discardableResult
    mutating func remove(at slot: Int) -> Pipe? {
        guard slots.indices.contains(slot), let pipe = slots[slot] else { return nil }
        slots[slot] = nil
        count -= 1
        return pipe.takeRetainedValue()
    }

    /// The pipe at `slot`, without a retain.
    @inline(__always)
    func unmanaged(at slot: Int) -> Unmanaged<Pipe>? {
        slots.indices.contains(slot) ? slots[slot] : nil
    }

    /// The pipe at `slot`.
    subscript(slot: Int) -> Pipe? {
        unmanaged(at: slot)?.takeUnretainedValue()
    }

    /// Calls `body` with every pipe.
    func forEach(_ body: (Pipe) -> Void) {
        for case let pipe? in slots { body(pipe.takeUnretainedValue()) }
    }
}
