/// Large bodies are copied before the lock is taken where every receiver is in this process.
///
/// With the copy under the lock the receiver waits for each to end, and comes too late for the
/// next: the queue fills, and the copies go to memory that no cache holds. Measured, 64 KiB
/// messages went 1.9 times as fast with the copy made before.
extension SendSide {
    /// The least that is worth taking the lock twice.
    static let copiedFirst = 32 * 1024

    /// Notes that the receiver of `pipe` is in this process.
    func feedReceiver(_ pipe: OutboundPipe) {
        lock.withLock {
            if !pipe.feedsReceiver { localPeers += 1 }
            pipe.feedReceiver()
        }
    }

    /// A copy of `bytes` to be sent in their place; nil where they are better sent as they are.
    func copyForReceivers(_ bytes: UnsafeRawBufferPointer) -> Message? {
        guard let source = bytes.baseAddress, let pool = poolForCopy() else { return nil }
        let copy = pool.borrow(atLeast: bytes.count)
        copy.base.copyMemory(from: source, byteCount: bytes.count)
        let body = UnsafeRawBufferPointer(start: copy.base, count: bytes.count)
        return Message(Frame(sharing: copy, body))
    }

    private func poolForCopy() -> ChunkPool? {
        lock.withLock {
            guard localPeers > 0, localPeers == pipes.count, refusal == nil else { return nil }
            return pipes.first(where: { !$0.isParked })?.pool
        }
    }
}
