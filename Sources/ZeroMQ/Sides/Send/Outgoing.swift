/// What a caller hands over to be sent: a message, or the bytes of a single frame.
///
/// Strategies are written once over both and specialised for each, so that sending plain bytes
/// makes no ``Message`` at all.
protocol Outgoing {
    /// Appends all frames to a queue, as the last frames of a message. A large one may stay the
    /// caller's until ``OutboundPipe/keepBorrowed()``, which comes before the lock is released.
    func append(to pipe: OutboundPipe)
    /// Calls `body` with the first frame: the topic, or the routing id.
    func withFirstFrame<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R
    /// The bytes of all frames.
    var byteCount: Int { get }
    /// The frames as a message.
    var message: Message { get }
}

/// The bytes of a single frame, borrowed from the caller.
struct RawFrame: Outgoing {
    let bytes: UnsafeRawBufferPointer

    @inline(__always)
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    @inline(__always)
    func append(to pipe: OutboundPipe) {
        if pipe.borrows(bytes.count) { return pipe.appendFrame(borrowing: bytes) }
        pipe.appendFrame(bytes, more: false)
    }

    @inline(__always)
    func withFirstFrame<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        body(bytes)
    }

    var byteCount: Int { bytes.count }
    var message: Message { Message(copying: bytes) }
}

extension Message: Outgoing {
    @inline(__always)
    func append(to pipe: OutboundPipe) {
        let last = count - 1
        for index in 0...last { self[index].append(to: pipe, more: index < last) }
    }

    @inline(__always)
    func withFirstFrame<R>(_ body: (UnsafeRawBufferPointer) -> R) -> R {
        firstFrame.withUnsafeBytes(body)
    }

    var byteCount: Int { totalCount }
    var message: Message { self }
}

extension Frame {
    /// Appends the frame to a queue, by reference where copying would cost more.
    @inline(__always)
    func append(to pipe: OutboundPipe, more: Bool) {
        if count >= pipe.sharesFrom, let shared {
            pipe.appendFrame(sharing: shared.owner, shared.bytes, more: more)
        } else {
            withUnsafeBytes { pipe.appendFrame($0, more: more) }
        }
    }
}
