#if !canImport(WinSDK) && (canImport(Glibc) || canImport(Musl))
    import CZeroMQPlatform

    /// A listener accepts by itself until it is paused. What comes faster than it is told of waits
    /// here; what came before the pause took effect, too.
    extension IOURingPoller {
        /// How many failures in a row that concern one client each are passed over.
        private static var patience: Int { 64 }

        func accept(on id: EntryID) {
            guard let entry = entries[id] else { return }
            entry.flags.formUnion([.accepting, .listens])
            entry.transientFailures = 0
            if !entry.accepted.isEmpty || entry.acceptFailure != nil { enqueue(entry) }
            startAccept(entry)
        }

        func pauseAccepting(on id: EntryID) {
            guard let entry = entries[id] else { return }
            entry.flags.remove(.accepting)
            stopAccept(entry)
        }

        private func stopAccept(_ entry: IOURingEntry) {
            guard entry.flags.contains(.accept), !entry.flags.contains(.acceptCancelled) else {
                return
            }
            entry.flags.insert(.acceptCancelled)
            cancel(.accept, entry)
        }

        private func startAccept(_ entry: IOURingEntry) {
            guard !entry.flags.contains(.accept), entry.acceptFailure == nil else { return }
            var operation = zeromq_uring_sqe()
            operation.opcode = ZEROMQ_URING_ACCEPT
            operation.priority = ZEROMQ_URING_ACCEPT_MULTISHOT
            operation.operation_flags = System.acceptFlags
            start(.accept, entry, .accept, operation)
        }

        func acceptCame(_ entry: IOURingEntry, _ outcome: zeromq_uring_cqe) {
            let hasEnded = outcome.flags & ZEROMQ_URING_CQE_MORE == 0
            if hasEnded { entry.flags.subtract([.accept, .acceptCancelled]) }
            if outcome.result >= 0 {
                let handle = Handle(raw: Int(outcome.result))
                if entry.isRetired { return System.close(handle) }
                entry.transientFailures = 0
                entry.accepted.append(handle)
                enqueue(entry)
            } else {
                noteFailure(entry, -outcome.result)
            }
            if hasEnded, !entry.isRetired, entry.flags.contains(.accepting) { startAccept(entry) }
        }

        private func noteFailure(_ entry: IOURingEntry, _ code: Int32) {
            if entry.isRetired || code == System.cancelledCode || code == System.wouldBlockCode {
                return
            }
            if System.isTransientAcceptError(code), entry.transientFailures < Self.patience {
                entry.transientFailures += 1
                return
            }
            entry.acceptFailure = code
            enqueue(entry)
        }

        /// Tells of 64 connections at most, and of the failure behind them.
        func handOverAccepted(_ entry: IOURingEntry) {
            guard entry.flags.contains(.accepting) else { return }
            if entry.turn != turns {
                entry.turn = turns
                entry.acceptsThisTurn = 0
            }
            let count = min(entry.accepted.count, maximumAcceptsPerTurn - entry.acceptsThisTurn)
            entry.acceptsThisTurn += count
            for handle in entry.accepted.prefix(count) { complete(entry, .accepted(handle)) }
            entry.accepted.removeFirst(count)
            if !entry.accepted.isEmpty { return enqueue(entry) }
            guard let code = entry.acceptFailure else { return }
            entry.acceptFailure = nil
            entry.flags.remove(.accepting)
            stopAccept(entry)
            complete(entry, .acceptFailed(IOError(systemCode: code, during: .accept)))
        }
    }
#endif
