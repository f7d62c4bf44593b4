import Synchronization

/// Jobs given to an I/O thread that has ended, and commands from those who must be heard all the
/// same.
///
/// A job that is not run is a task that hangs for ever, a command that is not run a socket whose
/// closing does. A spare thread runs them, one at a time and only after the I/O thread is done, so
/// isolation holds; where there is no thread to be had, whoever brought the last one does.
final class OrphanedWork: @unchecked Sendable {  // everything is guarded by the lock
    private let lock = Lock()
    private var items: [Mailbox.Item] = []
    private var isReleased = false
    private var isDraining = false

    func add(_ item: Mailbox.Item, of owner: IOThread) {
        lock.lock()
        items.append(item)
        lock.unlock()
        drain(for: owner)
    }

    /// The I/O thread is done: its work may be run.
    func release(from owner: IOThread) {
        lock.lock()
        isReleased = true
        lock.unlock()
        drain(for: owner)
    }

    private func drain(for owner: IOThread) {
        let mustStart = lock.withLock {
            if !isReleased || isDraining || items.isEmpty { return false }
            isDraining = true
            return true
        }
        guard mustStart else { return }
        do {
            _ = try OSThread(name: owner.name) { self.run(for: owner) }
        } catch {
            // Better here than never.
            run(for: owner)
        }
    }

    private func run(for owner: IOThread) {
        owner.owner.store(System.currentThreadNumber, ordering: .relaxed)
        while let batch = takeBatch(of: owner) {
            for item in batch { owner.perform(item) }
        }
    }

    /// Takes all there is; nil, with the draining over, if there is nothing.
    private func takeBatch(of owner: IOThread) -> [Mailbox.Item]? {
        lock.lock()
        defer { lock.unlock() }
        if items.isEmpty {
            owner.owner.store(0, ordering: .relaxed)
            isDraining = false
            return nil
        }
        let batch = items
        items = []
        return batch
    }
}
