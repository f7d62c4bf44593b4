/// A run of wire bytes in a queue, and what keeps those bytes alive.
///
/// The owner is held by an unbalanced retain, so that moving segments between the two halves of a
/// queue costs no reference counting.
struct Segment {
    /// A ``Chunk``, a ``FrameStorage`` or, for a moment, ``BorrowedBody/caller``.
    var owner: Unmanaged<AnyObject>
    var base: UnsafeRawPointer
    var count: Int
    /// How many messages end in this segment: what is credited when its last byte has left.
    var messages: Int
    /// Whether the last byte of the segment is the last byte of a message.
    var endsMessage: Bool

    @inline(__always)
    init(
        retaining owner: AnyObject, base: UnsafeRawPointer, count: Int, messages: Int,
        endsMessage: Bool
    ) {
        self.owner = Unmanaged.passRetained(owner)
        self.base = base
        self.count = count
        self.messages = messages
        self.endsMessage = endsMessage
    }

    /// Takes over a retain that exists already.
    init(
        adopting owner: Unmanaged<AnyObject>, base: UnsafeRawPointer, count: Int, messages: Int,
        endsMessage: Bool
    ) {
        self.owner = owner
        self.base = base
        self.count = count
        self.messages = messages
        self.endsMessage = endsMessage
    }

    /// A message of one frame with a copy of `body`, in memory of its own.
    init(messageOf body: UnsafeRawBufferPointer) {
        let block = FrameStorage.make(count: body.count + FrameHeader.longSize)
        let size = FrameHeader.write(flags: [], length: body.count, to: block.base)
        if let source = body.baseAddress {
            (block.base + size).copyMemory(from: source, byteCount: body.count)
        }
        self.init(
            retaining: block, base: UnsafeRawPointer(block.base), count: size + body.count,
            messages: 1, endsMessage: true)
    }

    @inline(__always)
    var end: UnsafeRawPointer { base + count }

    @inline(__always)
    func release() {
        owner.release()
    }
}
