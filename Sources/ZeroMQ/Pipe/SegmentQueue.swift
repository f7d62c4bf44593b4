/// A first-in first-out list of segments that allocates nothing in steady state.
///
/// Invariant: `0 <= head <= tail <= capacity`, both 0 in an empty list; the live segments are
/// `storage[head..<tail]`.
/// It owns its segments: whatever is left is released with it.
struct SegmentQueue: ~Copyable {
    // Unsafe storage, because an array would check uniqueness and bounds on every message of a
    // fan-out, and because its elements are trivial.
    private var storage: UnsafeMutablePointer<Segment>?
    private var capacity = 0
    private var head = 0
    private var tail = 0

    init() {}

    deinit {
        for index in head..<tail { storage.unsafelyUnwrapped[index].release() }
        storage?.deallocate()
    }

    @inline(__always)
    var isEmpty: Bool { head == tail }

    @inline(__always)
    var count: Int { tail - head }

    /// The segment at `offset` from the front, which must be less than ``count``.
    @inline(__always)
    subscript(offset: Int) -> Segment {
        storage.unsafelyUnwrapped[head + offset]
    }

    /// Appends a segment; takes over its retain.
    @inline(__always)
    mutating func append(_ segment: Segment) {
        if tail == capacity { makeRoom() }
        storage.unsafelyUnwrapped[tail] = segment
        tail += 1
    }

    /// Grows the last segment when `base` continues it in the memory of the same owner.
    @inline(__always)
    mutating func extendLast(
        owner: AnyObject, base: UnsafeRawPointer, count: Int, messages: Int, endsMessage: Bool
    ) -> Bool {
        guard head != tail else { return false }
        let last = storage.unsafelyUnwrapped + (tail - 1)
        guard last.pointee.end == base,
            last.pointee.owner.toOpaque() == Unmanaged.passUnretained(owner).toOpaque()
        else { return false }
        last.pointee.count += count
        last.pointee.messages += messages
        last.pointee.endsMessage = endsMessage
        return true
    }

    /// Notes that the last byte of the last segment ends a message.
    mutating func endMessageInLast() {
        guard head != tail else { return }
        storage.unsafelyUnwrapped[tail - 1].messages += 1
        storage.unsafelyUnwrapped[tail - 1].endsMessage = true
    }

    /// Has the last segment, if it is `former`'s, refer to the same bytes elsewhere.
    mutating func moveLast(of former: AnyObject, to owner: AnyObject, _ base: UnsafeRawPointer) {
        guard head != tail else { return }
        let last = storage.unsafelyUnwrapped + (tail - 1)
        let kept = Unmanaged.passUnretained(former)
        guard last.pointee.owner.toOpaque() == kept.toOpaque() else { return }
        last.pointee.owner.release()
        last.pointee.owner = Unmanaged.passRetained(owner)
        last.pointee.base = base
    }

    /// Removes the front segment; the caller takes over its retain.
    @inline(__always)
    mutating func removeFirst() -> Segment? {
        guard head != tail else { return nil }
        let segment = storage.unsafelyUnwrapped[head]
        head += 1
        if head == tail {
            head = 0
            tail = 0
        }
        return segment
    }

    /// Removes the last segment; the caller takes over its retain.
    mutating func removeLast() -> Segment? {
        guard head != tail else { return nil }
        tail -= 1
        let segment = storage.unsafelyUnwrapped[tail]
        if head == tail {
            head = 0
            tail = 0
        }
        return segment
    }

    /// Drops `bytes`, in which `messages` end, from the front segment.
    mutating func trimFirst(_ bytes: Int, messages: Int) {
        guard head != tail else { return }
        let first = storage.unsafelyUnwrapped + head
        first.pointee.base += bytes
        first.pointee.count -= bytes
        first.pointee.messages -= messages
    }

    /// Puts a segment in front of all others; takes over its retain.
    mutating func prepend(_ segment: Segment) {
        if head == 0 {
            if tail == capacity { makeRoom() }
            let storage = storage.unsafelyUnwrapped
            for index in stride(from: tail, to: 0, by: -1) { storage[index] = storage[index - 1] }
            tail += 1
        } else {
            head -= 1
        }
        storage.unsafelyUnwrapped[head] = segment
    }

    /// Keeps the first `bytes` bytes only; returns whether anything was dropped.
    mutating func truncate(to bytes: Int) -> Bool {
        var excess = totals.bytes - bytes
        let isDropping = excess > 0
        while excess > 0, head != tail {
            let last = storage.unsafelyUnwrapped + (tail - 1)
            if last.pointee.count <= excess {
                excess -= last.pointee.count
                removeLast()?.release()
            } else {
                last.pointee.count -= excess
                excess = 0
            }
        }
        return isDropping
    }

    /// Messages that end here and bytes held.
    var totals: (messages: Int, bytes: Int) {
        var messages = 0
        var bytes = 0
        for offset in 0..<count {
            messages += self[offset].messages
            bytes += self[offset].count
        }
        return (messages, bytes)
    }

    /// Releases everything.
    mutating func removeAll() {
        while let segment = removeFirst() { segment.release() }
    }

    /// Gives the memory of an empty list back, so that an idle connection holds none.
    mutating func compact() {
        guard head == tail, capacity > 8 else { return }
        storage?.deallocate()
        storage = nil
        capacity = 0
    }

    private mutating func makeRoom() {
        let live = tail - head
        if let storage, head > 0, live <= capacity / 2 {
            storage.update(from: storage + head, count: live)
        } else {
            let larger = UnsafeMutablePointer<Segment>.allocate(capacity: max(4, capacity * 2))
            if let storage {
                larger.update(from: storage + head, count: live)
                storage.deallocate()
            }
            storage = larger
            capacity = max(4, capacity * 2)
        }
        head = 0
        tail = live
    }
}
