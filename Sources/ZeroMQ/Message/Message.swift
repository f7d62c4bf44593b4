/// A message: one or more frames that travel together, all or none.
///
/// A message is one value, so the frames of two senders can never interleave. It is a collection of
/// its frames, and for the common message of one frame the accessors ``string``, ``array`` and
/// ``withUnsafeBytes(_:)`` speak of that frame.
///
/// ```swift
/// try await push.send("hello")                 // one frame
/// try await dealer.send(["topic", "body"])     // two frames
/// ```
public struct Message: Sendable, Hashable {
    @usableFromInline
    var head = Frame()
    // Nil rather than empty: a message of one frame carries no reference at all.
    @usableFromInline
    var tail: [Frame]?

    /// The frames, in order.
    public var frames: [Frame] {
        guard let tail else { return [head] }
        var frames: [Frame] = []
        frames.reserveCapacity(1 + tail.count)
        frames.append(head)
        frames.append(contentsOf: tail)
        return frames
    }

    /// The first frame.
    @inlinable
    public var firstFrame: Frame { head }

    /// The bytes of all frames together.
    public var totalCount: Int {
        guard let tail else { return head.count }
        return tail.reduce(head.count) { $0 + $1.count }
    }

    /// The first frame as text, or nil when it is not valid UTF-8.
    public var string: String? { head.string }

    /// A copy of the bytes of the first frame.
    public var array: [UInt8] { head.array }

    /// Calls `body` with the bytes of the first frame, valid for the duration of the call only.
    @inlinable @inline(__always)
    public func withUnsafeBytes<R, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try head.withUnsafeBytes(body)
    }

    /// The message with which `fill` initialises the memory it is given, or nil where it does not.
    ///
    /// Moved out of memory of its own, inlined down to the caller: a variable that closures have
    /// seen is copied when it is returned, and each hand-over of so large a value took 5 to 10 ns.
    @inlinable @inline(__always)
    static func made(
        by fill: (UnsafeMutablePointer<Message>) throws(ZeroMQError) -> Bool
    ) throws(ZeroMQError) -> Message? {
        try withUnsafeTemporaryAllocation(of: Message.self, capacity: 1) {
            (space) throws(ZeroMQError) -> Message? in
            let message = space.baseAddress.unsafelyUnwrapped
            return try fill(message) ? message.move() : nil
        }
    }

    /// Becomes a message of the one frame that `fill` makes of the present first frame.
    @inline(__always)
    mutating func assignFirst(_ fill: (inout Frame) -> Void) {
        fill(&head)
        if tail != nil { tail = nil }
    }

    /// Adds a frame at the end.
    public mutating func append(_ frame: Frame) {
        if tail == nil { tail = [frame] } else { tail?.append(frame) }
    }

    /// Makes room for so many frames behind the first.
    @inline(__always)
    mutating func reserveTail(_ count: Int) {
        if tail == nil { tail = [] }
        tail?.reserveCapacity(count)
    }

    /// The message without its first `count` frames; nil when nothing would be left.
    func dropping(first count: Int) -> Message? {
        guard count > 0 else { return self }
        guard let tail, count <= tail.count else { return nil }
        return Message(
            head: tail[count - 1], tail: count < tail.count ? Array(tail[count...]) : nil)
    }

    /// The frames up to the one at `position`.
    func prefix(through position: Int) -> Message {
        guard let tail, position > 0 else { return Message(head) }
        return Message(head: head, tail: Array(tail.prefix(position)))
    }
}

extension Message {
    /// A message of one frame.
    @inline(__always)
    public init(_ frame: Frame) {
        self.init(head: frame, tail: nil)
    }

    /// A message of several frames. An empty list makes a message of one empty frame.
    public init(_ frames: [Frame]) {
        self.init(
            head: frames.first ?? Frame(),
            tail: frames.count > 1 ? Array(frames.dropFirst()) : nil)
    }

    /// A message of one frame with the UTF-8 bytes of `text`.
    public init(_ text: String) {
        self.init(Frame(text))
    }

    /// A message of one frame with a copy of `bytes`.
    public init(_ bytes: [UInt8]) {
        self.init(Frame(bytes))
    }

    /// A message of one frame with a copy of `bytes`.
    @inline(__always)
    public init(copying bytes: UnsafeRawBufferPointer) {
        self.init(Frame(copying: bytes))
    }

    /// A message of `head` followed by the frames of `tail`.
    init(_ head: Frame, before tail: Message) {
        var frames: [Frame] = []
        frames.reserveCapacity(tail.count)
        frames.append(tail.head)
        if let more = tail.tail { frames.append(contentsOf: more) }
        self.init(head: head, tail: frames)
    }
}

extension Message: RandomAccessCollection {
    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { 1 + (tail?.count ?? 0) }

    /// The frame at `position`; an empty frame when there is none.
    @inlinable
    public subscript(position: Int) -> Frame {
        if position == 0 { return head }
        guard let tail, position > 0, position <= tail.count else { return Frame() }
        return tail[position - 1]
    }
}

extension Message: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
    public init(stringLiteral text: String) {
        self.init(Frame(text))
    }

    public init(arrayLiteral frames: Frame...) {
        self.init(frames)
    }
}

extension Message: CustomStringConvertible {
    public var description: String {
        "[" + frames.map(\.description).joined(separator: ", ") + "]"
    }
}

extension UnsafeMutablePointer where Pointee == Message {
    /// Initialises the memory with the message that `fill` makes; leaves it alone where it makes
    /// none.
    @inline(__always)
    func initialize(
        by fill: (inout Message) throws(ZeroMQError) -> Bool
    ) throws(ZeroMQError) -> Bool {
        initialize(to: Message())
        do throws(ZeroMQError) {
            if try fill(&pointee) { return true }
        } catch {
            deinitialize(count: 1)
            throw error
        }
        deinitialize(count: 1)
        return false
    }
}
