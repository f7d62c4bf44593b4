/// Messages of one frame that no peer sent.
extension ReceiveSide {
    /// Fewer bytes than this do not keep a chunk of their own.
    private static let copyLimit = 1024

    /// Room for what one read may still bring when reading is paused.
    private static let slack = 128 * 1024

    /// Whether so many messages of a peer wait, notices of its subscriptions among them, that its
    /// next frames are to wait, too: more than its topics could make in good faith.
    ///
    /// The mark of the socket is not for notices: a peer that subscribes to thousands of topics at
    /// once is not to wait for who looks at them.
    func pausesForNotices(_ pipe: InboundPipe) -> Bool {
        lock.withLock {
            let bytes = pipe.byteLimit - min(pipe.byteLimit / 2, Self.slack)
            guard exceeds(mostNotices, bytes, in: pipe) else { return false }
            pipe.isPaused = true
            return true
        }
    }

    /// Whether so much is queued, what was taken under a lease not counted. Lock held.
    private func exceeds(_ messages: Int, _ bytes: Int, in pipe: InboundPipe) -> Bool {
        func isTooMuch() -> Bool { pipe.queuedMessages >= messages || pipe.queuedBytes >= bytes }
        guard isTooMuch() else { return false }
        endLease()
        return isTooMuch()
    }

    /// Puts a notice into the queue of a pipe. False when there is no memory for it.
    ///
    /// Beyond what the queue may hold, and in a crowd (XPUB), notices are dropped: what they tell
    /// of happens whether or not anybody reads of it.
    func deliverNotice(_ bytes: [UInt8], to pipe: InboundPipe) -> Bool {
        lock.lock()
        guard admits(1, to: pipe) else {
            lock.unlock()
            return true
        }
        guard let run = bytes.withUnsafeBytes({ notices.write($0) }) else {
            counters.drop(1, .highWaterMark)
            lock.unlock()
            return false
        }
        pipe.append(run, messages: 1)
        announceNotices(1, run.count, in: pipe)
        return true
    }

    /// Puts the notices of a batch into the queue of a pipe. Those that there is no memory for are
    /// dropped, as in a crowd.
    func deliver(_ batch: NoticeBatch, to pipe: InboundPipe) {
        lock.lock()
        counters.drop(batch.lost, .highWaterMark)
        guard admits(batch.count, to: pipe) else {
            lock.unlock()
            return batch.segments.removeAll()
        }
        if batch.bytes < Self.copyLimit, batch.segments.count == 1,
            let run = notices.copy(
                UnsafeRawBufferPointer(start: batch.segments[0].base, count: batch.bytes))
        {
            pipe.append(run, messages: batch.count)
            batch.segments.removeAll()
        } else {
            pipe.append(&batch.segments, messages: batch.count)
        }
        announceNotices(batch.count, batch.bytes, in: pipe)
    }

    /// Whether notices are to be shown; those that are not are counted. Lock held.
    private func admits(_ count: Int, to pipe: InboundPipe) -> Bool {
        if refusal != nil || pipes.unmanaged(at: pipe.slot) == nil {
            counters.drop(count, .socketClosed)
            return false
        }
        if isCrowded && !holdsCrowds || exceeds(.max, pipe.byteLimit, in: pipe) {
            counters.drop(count, .highWaterMark)
            return false
        }
        return true
    }

    /// Wakes who waits for them. Lock held; releases it.
    private func announceNotices(_ count: Int, _ bytes: Int, in pipe: InboundPipe) {
        if conflates { counters.drop(pipe.keepNewest(), .conflated) }
        pipe.noteNotices(count)
        counters.bytes &+= UInt64(truncatingIfNeeded: bytes)
        ready.activate(pipe.slot)
        let woken = waiters.isEmpty ? [] : waiters.take(count)
        lock.unlock()
        woken.wake()
    }
}
