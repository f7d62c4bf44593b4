/// Watches one foreign descriptor for one reader at a time.
final class DescriptorWatcher: IOHandler, @unchecked Sendable {
    // Unchecked: `entry`, `isBroken` and `isStopped` are touched on the I/O thread only.
    private let handle: Handle
    private let thread: IOThread
    private var entry: EntryID?
    private var isBroken = false
    private var isStopped = false
    private var waiter: Waiter?

    init(_ handle: Handle, _ thread: IOThread) {
        self.handle = handle
        self.thread = thread
    }

    /// Waits until the descriptor is readable; false when it cannot be watched, or the task was
    /// cancelled.
    nonisolated(nonsending)
        func next() async -> Bool
    {
        let waiter = Waiter()
        guard thread.post({ self.watch(waiter) }) else { return false }
        let wake = await waiter.suspend()
        if wake == .cancelled { stop() }
        return wake == .signalled
    }

    /// Lets go of the descriptor.
    func stop() {
        thread.post {
            self.isStopped = true
            if let entry = self.entry { self.thread.poller.retire(entry) }
            self.entry = nil
        }
    }

    private func watch(_ waiter: Waiter) {
        guard !isBroken, !isStopped else { return waiter.wake(.timedOut) }
        self.waiter = waiter
        if entry == nil {
            do throws(IOError) {
                entry = try thread.poller.register(handle, self, owned: false)
            } catch {
                return fail()
            }
        }
        if let entry { thread.poller.watch(entry) }
    }

    private func fail() {
        isBroken = true
        waiter?.wake(.timedOut)
        waiter = nil
    }

    func completed(_ outcome: IOOutcome) {
        switch outcome {
        case .readable:
            waiter?.wake()
            waiter = nil
        case .retired, .abandoned, .watchFailed:
            fail()
        default: break
        }
    }
}
