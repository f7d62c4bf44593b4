/// Large bodies that stay in the caller's memory for as long as its call lasts.
///
/// A sender that finds the queue empty writes at once, so most of them are with the kernel when the
/// call returns, and have been copied once instead of twice. What the kernel did not take is copied
/// then: ``keepBorrowed()`` comes before the lock is released.
extension OutboundPipe {
    /// Whether a body of `count` bytes is better written from where it is.
    @inline(__always)
    func borrows(_ count: Int) -> Bool {
        count >= Self.referenceThreshold && isForSender(count)
    }

    private func isForSender(_ count: Int) -> Bool {
        guard allowsOwnWrites, queuedMessages == 0, writer == .nobody, let driver else {
            return false
        }
        return OwnWrite.takes(count, self, driver)
    }

    /// Appends one frame, the last of its message, whose body is the caller's.
    func appendFrame(borrowing body: UnsafeRawBufferPointer) {
        appendFrame(sharing: BorrowedBody.caller, body, more: false)
        borrowed = body
    }

    /// Copies what is left of a borrowed body; the message has been signalled.
    @inline(__always)
    func keepBorrowed() {
        if borrowed.count > 0 { copyBorrowed() }
    }

    private func copyBorrowed() {
        defer { borrowed = UnsafeRawBufferPointer(start: nil, count: 0) }
        guard queuedMessages > 0, let source = borrowed.baseAddress else { return }
        let copy = pool.borrow(atLeast: borrowed.count)
        copy.base.copyMemory(from: source, byteCount: borrowed.count)
        let base = UnsafeRawPointer(copy.base)
        queue.moveLast(of: BorrowedBody.caller, to: copy, base)
        flight.moveLast(of: BorrowedBody.caller, to: copy, base)
    }
}

/// Owns the segment of a borrowed body, which nobody owns.
final class BorrowedBody: Sendable {
    static let caller = BorrowedBody()
}
