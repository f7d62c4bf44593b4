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
    private var first: Frame
    // Nil rather than empty: a message of one frame carries no reference at all.
    private var rest: [Frame]?

    /// A message of one frame.
    @inline(__always)
    public init(_ frame: Frame) {
        first = frame
        rest = nil
    }

    /// A message of several frames. An empty list makes a message of one empty frame.
    public init(_ frames: [Frame]) {
        first = frames.first ?? Frame()
        rest = frames.count > 1 ? Array(frames.dropFirst()) : nil
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
    init(head: Frame, tail: Message) {
        first = head
        var frames: [Frame] = []
        frames.reserveCapacity(tail.count)
        frames.append(tail.first)
        if let rest = tail.rest { frames.append(contentsOf: rest) }
        self.rest = frames
    }

    /// The frames, in order.
    public var frames: [Frame] {
        guard let rest else { return [first] }
        return [first] + rest
    }

    /// The first frame.
    @inline(__always)
    public var firstFrame: Frame { first }

    /// The bytes of all frames together.
    public var totalCount: Int {
        guard let rest else { return first.count }
        return rest.reduce(first.count) { $0 + $1.count }
    }

    /// The first frame as text, or nil when it is not valid UTF-8.
    public var string: String? { first.string }

    /// A copy of the bytes of the first frame.
    public var array: [UInt8] { first.array }

    /// Calls `body` with the bytes of the first frame, valid for the duration of the call only.
    @inline(__always)
    public func withUnsafeBytes<R, E: Error>(
        _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        try first.withUnsafeBytes(body)
    }

    /// Becomes a message of the one frame that `fill` makes of the present first frame.
    @inline(__always)
    mutating func assignFirst(_ fill: (inout Frame) -> Void) {
        fill(&first)
        if rest != nil { rest = nil }
    }

    /// Adds a frame at the end.
    public mutating func append(_ frame: Frame) {
        if rest == nil { rest = [frame] } else { rest?.append(frame) }
    }

    /// The message without its first `count` frames; nil when nothing would be left.
    func dropping(first count: Int) -> Message? {
        count < self.count ? Message(Array(frames.dropFirst(count))) : nil
    }
}

extension Message: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { 1 + (rest?.count ?? 0) }

    /// The frame at `position`; an empty frame when there is none.
    public subscript(position: Int) -> Frame {
        if position == 0 { return first }
        guard let rest, position > 0, position <= rest.count else { return Frame() }
        return rest[position - 1]
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
