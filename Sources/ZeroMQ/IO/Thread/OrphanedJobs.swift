#if !hasFeature(Embedded)
    import Synchronization

    /// Jobs given to an I/O thread that has ended.
    ///
    /// A job that is not run is a task that hangs for ever. A spare thread runs them, one at a time
    /// and only after the I/O thread is done, so isolation holds.
    final class OrphanedJobs: @unchecked Sendable {  // everything is guarded by the lock
        private let lock = Lock()
        private var jobs: [UnownedJob] = []
        private var isReleased = false
        private var isDraining = false

        func add(_ job: UnownedJob, of owner: IOThread) {
            lock.lock()
            jobs.append(job)
            lock.unlock()
            drain(for: owner)
        }

        /// The I/O thread is done: jobs may be run.
        func release(from owner: IOThread) {
            lock.lock()
            isReleased = true
            lock.unlock()
            drain(for: owner)
        }

        private func drain(for owner: IOThread) {
            let mustStart = lock.withLock {
                if !isReleased || isDraining || jobs.isEmpty { return false }
                isDraining = true
                return true
            }
            guard mustStart else { return }
            do {
                _ = try OSThread(name: owner.name) { self.run(for: owner) }
            } catch {
                // No thread to be had: better here than never.
                run(for: owner)
            }
        }

        private func run(for owner: IOThread) {
            owner.owner.store(System.currentThreadNumber, ordering: .relaxed)
            while let batch = takeBatch(of: owner) {
                for job in batch { owner.run(job) }
            }
        }

        /// Takes all jobs; nil, with the draining over, if there are none.
        private func takeBatch(of owner: IOThread) -> [UnownedJob]? {
            lock.lock()
            defer { lock.unlock() }
            if jobs.isEmpty {
                owner.owner.store(0, ordering: .relaxed)
                isDraining = false
                return nil
            }
            let batch = jobs
            jobs = []
            return batch
        }
    }
#endif
