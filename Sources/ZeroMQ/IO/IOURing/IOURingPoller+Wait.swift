#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// The turn: what is there already, one call of the kernel, and what came of it.
    extension IOURingPoller {
        func wait(
            until deadline: Instant?, into completions: inout [Completion]
        ) throws(IOError) {
            defer { handOut(&completions) }
            turns &+= 1
            settleRetired()
            runReady()
            settleListed()
            let mayWait = collected.isEmpty && ready.isEmpty
            try turn(mayWait ? nanoseconds(until: deadline) : 0)
            runReady()
            settleRetired()
        }

        /// Calls the kernel and takes the outcomes.
        func turn(_ nanoseconds: Int64) throws(IOError) {
            watchForWakes()
            buffers.publish()
            try ring.enter(waiting: nanoseconds)
            takeOutcomes()
            // What did not fit into the ring; the rest of very much waits for the next turn.
            var rounds = 0
            while ring.hasOverflowed, rounds < 16 {
                try ring.enter(waiting: 0)
                takeOutcomes()
                rounds += 1
            }
        }

        /// The time to wait, in nanoseconds; negative for ever.
        private func nanoseconds(until deadline: Instant?) -> Int64 {
            guard let deadline, deadline != .distantFuture else { return -1 }
            if deadline == .distantPast { return 0 }
            return max(0, deadline.duration(since: now()).clampedNanoseconds)
        }

        private func handOut(_ completions: inout [Completion]) {
            if completions.isEmpty {
                swap(&completions, &collected)
            } else {
                completions.append(contentsOf: collected)
                collected.removeAll(keepingCapacity: true)
            }
        }

        /// Multishot polls end when their outcome finds no room.
        private func watchForWakes() {
            guard !isWakePending, !isClosed else { return }
            isWakePending = true
            var operation = zeromq_uring_sqe()
            operation.opcode = ZEROMQ_URING_POLL_ADD
            operation.fd = event
            operation.length = ZEROMQ_URING_POLL_MULTISHOT
            operation.operation_flags = Self.pollMask(ZEROMQ_EPOLLIN)
            operation.user_data = RingTag.wake.raw
            ring.submissions.push(operation)
        }

        // MARK: Outcomes

        private func takeOutcomes() {
            var count = ring.completions.count
            while count > 0 {
                take(ring.completions.take())
                count -= 1
            }
            ring.completions.release()
        }

        private func take(_ outcome: zeromq_uring_cqe) {
            let tag = RingTag(raw: outcome.user_data)
            let goesOn = outcome.flags & ZEROMQ_URING_CQE_MORE != 0
            switch tag.kind {
            case .none: return
            case .wake:
                if !goesOn { isWakePending = false }
                return
            default: break
            }
            guard let entry = entries.entry(at: tag.index), tag.isAbout(entry.id) else { return }
            if !goesOn { entry.pending -= 1 }
            switch tag.kind {
            case .sharedReceive: sharedReceiveCame(entry, outcome)
            case .directReceive: directReceiveCame(entry, outcome)
            case .send: sendCame(entry, outcome)
            case .accept: acceptCame(entry, outcome.result)
            case .connect: connectCame(entry, outcome.result)
            case .watch: watchCame(entry, outcome.result)
            case .hangUp: hangUpCame(entry)
            case .none, .wake: break
            }
        }

        // MARK: Ready entries

        /// Tells each ready entry what has come for it: one receive, or 64 connections.
        func runReady() {
            guard !ready.isEmpty else { return }
            var batch: [IOURingEntry] = []
            swap(&batch, &ready)
            for entry in batch {
                entry.flags.remove(.queued)
                if entry.isRetired { continue }
                if entry.flags.contains(.listens) {
                    runAccept(entry)
                } else if entry.flags.contains(.receiving) {
                    handOverReceived(entry)
                }
            }
            batch.removeAll(keepingCapacity: true)
            // Listeners may have queued themselves again.
            if ready.isEmpty { swap(&batch, &ready) }
        }
    }
#endif
