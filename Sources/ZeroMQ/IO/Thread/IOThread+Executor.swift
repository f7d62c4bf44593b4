#if !hasFeature(Embedded)
    /// Tasks and actors may live on an I/O thread.
    ///
    /// `Task(executorPreference: context.ioThreads[0])` runs a task's own code there; an actor
    /// whose `unownedExecutor` is the thread's is isolated by it. Such code must be short: while it
    /// runs, no byte moves on this thread and nothing of it is closed. Jobs are never lost: those
    /// that come after the thread has ended are run by a spare thread, one after the other.
    extension IOThread: TaskExecutor, SerialExecutor {
        public func enqueue(_ job: consuming ExecutorJob) {
            let job = UnownedJob(job)
            tenancy.noteJob()
            if !put(.job(job)) { orphans.add(.job(job), of: self) }
        }

        public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
            UnownedSerialExecutor(ordinary: self)
        }

        public func asUnownedTaskExecutor() -> UnownedTaskExecutor {
            UnownedTaskExecutor(ordinary: self)
        }

        public func isSameExclusiveExecutionContext(other: IOThread) -> Bool { self === other }

        /// Whether the caller runs on this thread, as a job or not.
        public func isIsolatingCurrentContext() -> Bool? { isCurrent }

        /// Traps off this thread, as Swift asks of every serial executor: `assumeIsolated` and its
        /// like would let data races through otherwise.
        public func checkIsolated() {
            precondition(isCurrent, "not on the I/O thread")
        }

        @inline(__always)
        func run(_ job: UnownedJob) {
            unsafe job.runSynchronously(
                isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
            if wasForked { rest() }
        }
    }
#endif
